package io.sluice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs that a machine may have: a shell, Node, Python. */
public final class Program {

    private Program() {}

    /** @param output what it wrote, errors included */
    public record Result(int exit, String output) {
        /** Fails with the output unless the program has succeeded. */
        public String expectSuccess() {
            if (exit != 0) {
                throw new AssertionError("It ended with " + exit + ":\n" + output);
            }
            return output;
        }
    }

    /** Skips the test where one of these is not installed. */
    public static void assumeInstalled(String... names) {
        for (String name : names) {
            Assumptions.assumeTrue(find(name).isPresent(), name + " is not installed");
        }
    }

    /** Where it is installed. If nowhere, the test is skipped; on a build server it fails. */
    public static Path require(String name) {
        Optional<Path> found = find(name);
        if (found.isEmpty() && Boolean.parseBoolean(System.getenv("CI"))) {
            Assertions.fail(name + " is not installed");
        }
        Assumptions.assumeTrue(found.isPresent(), name + " is not installed");
        return found.orElseThrow();
    }

    private static Optional<Path> find(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs it to its end, with this input. */
    public static Result run(Path folder, String input, List<String> command) {
        try {
            Path output = Files.createTempFile(Files.createDirectories(Path.of("target")), "output", ".txt");
            Process process = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().write(input.getBytes(UTF_8));
            process.getOutputStream().close();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            String written = Files.readString(output);
            Files.delete(output);
            if (!ended) {
                throw new AssertionError("It did not end: " + command + "\n" + written);
            }
            return new Result(process.exitValue(), written);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
