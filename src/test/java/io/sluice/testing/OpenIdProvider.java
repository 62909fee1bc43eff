package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A real OpenID provider, {@code oidc-provider} of npm, in a process of its own: {@code oidc/provider.mjs}. */
public class OpenIdProvider implements QuarkusTestResourceLifecycleManager {
    public static final String SECRET = "a-secret-of-at-least-thirty-two-characters";
    private static final int PORT = Ports.free();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static ChildProcess process;

    public static String url() {
        return "http://localhost:" + PORT;
    }

    @Override
    public Map<String, String> start() {
        NpmPackages.install();
        startAgain();
        return Map.of("quarkus.oidc.auth-server-url", url(), "quarkus.oidc.client-id", "sluice",
                "quarkus.oidc.credentials.secret", SECRET);
    }

    /** Starts it on the same port, with the same keys, but without the sessions it had. */
    public static void startAgain() {
        Path script = NpmPackages.FOLDER.resolve("provider.mjs");
        try (var source = OpenIdProvider.class.getResourceAsStream("/oidc/provider.mjs")) {
            Files.write(script, source.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        process = ChildProcess.start("provider", new ProcessBuilder(Program.require("node").toString(),
                script.toString(), Integer.toString(PORT), NpmPackages.FOLDER.resolve("keys-" + PORT).toString()));
        process.await(PATIENCE, line -> line.equals("ready") ? Optional.of(line) : Optional.empty());
    }

    public static void stopProcess() {
        process.close();
    }

    /** A token of the provider with these claims (JSON), whatever they are. */
    public static String token(String claims) {
        return Http.get(url() + "/test/sign?claims=" + URLEncoder.encode(claims, StandardCharsets.UTF_8))
                .expect(200)
                .body();
    }

    @Override
    public void stop() {
        if (process != null) {
            process.close();
        }
    }
}
