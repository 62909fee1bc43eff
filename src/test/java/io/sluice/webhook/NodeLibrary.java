package io.sluice.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The library {@code standardwebhooks} for Node, as a receiver would use it. */
final class NodeLibrary {
    private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();
    private static final String VERIFY = """
            const { Webhook } = require('standardwebhooks');
            const { secret, body, headers } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
            console.log(JSON.stringify(new Webhook(secret).verify(body, headers)));
            """;

    private NodeLibrary() {}

    /** Fetches it. Skips the test if that is impossible. */
    static void install() {
        if (Files.exists(FOLDER.resolve("node_modules/standardwebhooks"))) {
            return;
        }
        Result result;
        try {
            Files.createDirectories(FOLDER);
            result = run("", "npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund",
                    "--fetch-retries=1", "--fetch-timeout=20000", "standardwebhooks");
        } catch (UncheckedIOException | IOException missing) {
            result = new Result(1, "npm is not installed");
        }
        assumeTrue(result.exit() == 0, "The npm package standardwebhooks cannot be fetched: " + result.output());
    }

    /** What the library makes of a message, given as JSON with {@code secret}, {@code body} and {@code headers}. */
    static Result verify(String message) {
        return run(message, "node", "-e", VERIFY);
    }

    /** @param output what it wrote, errors included */
    record Result(int exit, String output) {}

    private static Result run(String input, String... command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command))).directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().write(input.getBytes(UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("It did not end: " + List.of(command));
            }
            return new Result(process.exitValue(), output);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
