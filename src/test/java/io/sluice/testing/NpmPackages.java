package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

/** Packages for Node that tests use, as an integrator or a reader of the descriptions would use them. */
public final class NpmPackages {
    /** Scripts in this folder, and in folders of it, can import the packages. */
    public static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();

    /**
     * In one call: npm removes what it was not asked for in the latest one. The versions run with Node 18, those of
     * Kubernetes with 20 (they ask for 22).
     */
    private static final List<String> PACKAGES = List.of("standardwebhooks@1", "eventsource@3", "eventsource-parser@3",
            "@stoplight/spectral-cli@6", "oidc-provider@8.8.1", "jose@5", "kubernetes-models@5.1.0",
            "@kubernetes-models/keda@2.0.0",
            "@kubernetes-models/prometheus-operator@6.0.0", "@kubernetes-models/traefik@2.0.0");

    private static Program.Result installed;

    private NpmPackages() {}

    /** Fetches them once. Skips the test if that is impossible. */
    public static synchronized void install() {
        Program.assumeInstalled("node", "npm");
        if (installed == null) {
            installed = fetch();
        }
        Assumptions.assumeTrue(installed.exit() == 0, "The npm packages cannot be fetched: " + installed.output());
    }

    private static Program.Result fetch() {
        Path complete = FOLDER.resolve(String.join(" ", PACKAGES).replace('/', '_'));
        try {
            Files.createDirectories(FOLDER);
            if (Files.exists(complete)) {
                return new Program.Result(0, "");
            }
            List<String> command = new ArrayList<>(List.of("npm", "install", "--no-save", "--no-package-lock",
                    "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=20000"));
            command.addAll(PACKAGES);
            Program.Result result = Program.run(FOLDER, "", command);
            if (result.exit() == 0) {
                Files.createFile(complete);
            }
            return result;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
