package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

/** A process of the packaged application, as somebody who runs it would start it; it can really be killed. */
public final class SluiceProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("Sluice is ready: .*?(http://[^/]+)/");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private SluiceProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process in {@code folder} without waiting for it.
     *
     * @param environment beyond what every test wants: any free ports, partners that answer after 100 ms and never fail
     */
    public static SluiceProcess start(Path folder, Map<String, String> environment) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-Xmx512m", "-jar", JAR.toString()).directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("QUARKUS_HTTP_PORT", "0", "SLUICE_SIMULATOR_PORT", "0", "SLUICE_SIMULATOR_LATENCY",
                        "100ms", "SLUICE_SIMULATOR_FAILURE_RATE", "0", "SLUICE_HANDLING_LEASE", "16s"));
        builder.environment().putAll(environment);
        try {
            return new SluiceProcess(builder.start());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Waits until it says that it is ready. */
    public SluiceProcess awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .failFast(() -> assertThat(process.isAlive()).as("alive; it said %s", output).isTrue())
                .until(() -> address().isPresent());
        return this;
    }

    private Optional<String> address() {
        return output.stream().map(ADDRESS::matcher).filter(Matcher::find).map(found -> found.group(1)).findFirst();
    }

    /** Base URL, without a slash at its end. */
    public String url() {
        return address().orElseThrow(() -> new IllegalStateException("not ready:\n" + String.join("\n", output)));
    }

    public List<String> output() {
        return List.copyOf(output);
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM; gives the exit code. */
    public int terminate() {
        askToStop();
        return awaitEnd();
    }

    /** SIGTERM, without waiting for what comes of it. */
    public void askToStop() {
        // Not that of Process, which stops listening, too.
        process.toHandle().destroy();
    }

    /** Gives the exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException ended) {
            // So has the process.
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}
