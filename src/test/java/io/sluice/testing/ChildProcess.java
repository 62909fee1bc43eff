package io.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/** A child process. Its output is kept in memory and in {@code target/crash}. */
public final class ChildProcess implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "crash");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private ChildProcess(Process process, String name) {
        this.process = process;
        Thread reader = new Thread(() -> read(name), "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the process without waiting. */
    public static ChildProcess start(String name, ProcessBuilder builder) {
        try {
            return new ChildProcess(builder.redirectErrorStream(true).start(), name);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A JVM like that of the tests, with these arguments. */
    public static ProcessBuilder java(List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(Stream.concat(Stream.of(java), arguments.stream()).toList());
    }

    /** Waits until {@code finder} returns a value for a line of the output. */
    public <T> T await(Duration patience, Function<String, Optional<T>> finder) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    if (!alive()) {
                        throw new IllegalStateException("process " + process.pid() + " has ended:\n" + said());
                    }
                })
                .until(() -> find(finder).isPresent());
        return find(finder).orElseThrow();
    }

    /** The first value that {@code finder} returns for a line of the output so far. */
    public <T> Optional<T> find(Function<String, Optional<T>> finder) {
        return output.stream().map(finder).flatMap(Optional::stream).findFirst();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public List<String> output() {
        return List.copyOf(output);
    }

    /** The complete output. */
    public String said() {
        return String.join("\n", output);
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Sends a signal that Java cannot send. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Sends SIGTERM, waits, and returns the exit code. */
    public int terminate() {
        askToStop();
        return awaitEnd();
    }

    /** Sends SIGTERM without waiting. */
    public void askToStop() {
        // Not {@code Process.destroy()}, which also closes the output.
        process.toHandle().destroy();
    }

    /** Waits for the end and returns the exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("process " + process.pid() + " has not ended");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Closes the input of the process. */
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    private void read(String name) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter log = new PrintWriter(
                        Files.newBufferedWriter(Files.createDirectories(LOGS)
                                .resolve("%s-%d.log".formatted(name, process.pid()))),
                        true)) {
            lines.lines().forEach(line -> {
                output.add(line);
                log.println(line);
            });
        } catch (IOException | UncheckedIOException ended) {
            // The process has ended already.
        }
    }

    @Override
    public void close() {
        if (alive()) {
            terminate();
        }
    }
}
