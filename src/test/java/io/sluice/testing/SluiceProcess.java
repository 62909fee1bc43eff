package io.sluice.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the packaged application. */
public final class SluiceProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("Sluice is ready: .*?(http://[^/]+)/");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Starts faster without the C2 compiler, which does not pay off within a minute. */
    private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final ChildProcess process;

    private SluiceProcess(ChildProcess process) {
        this.process = process;
    }

    /** Like {@link #start(Path, Map, String...)}, with enough memory for the role {@code all}. */
    public static SluiceProcess start(Path folder, Map<String, String> environment) {
        return start(folder, environment, "-Xmx512m");
    }

    /**
     * Starts a process in {@code folder} without waiting for it.
     *
     * @param environment added to the test defaults: free ports, partners with 100 ms latency and no failures
     * @param jvmOptions  added to the test defaults, which they may replace: fast start, exit with the tests
     */
    public static SluiceProcess start(Path folder, Map<String, String> environment, String... jvmOptions) {
        return start(JAR, folder, environment, jvmOptions);
    }

    /** The same, of another installation. */
    public static SluiceProcess start(Path jar, Path folder, Map<String, String> environment, String... jvmOptions) {
        List<String> arguments = new ArrayList<>(SHORT_LIVED);
        arguments.add("-Dsluice.stop-with=" + ProcessHandle.current().pid());
        arguments.addAll(List.of(jvmOptions));
        arguments.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = ChildProcess.java(arguments).directory(folder.toFile());
        builder.environment()
                .putAll(Map.of("QUARKUS_HTTP_PORT", "0", "SLUICE_SIMULATOR_PORT", "0", "SLUICE_SIMULATOR_LATENCY",
                        "100ms", "SLUICE_SIMULATOR_FAILURE_RATE", "0", "SLUICE_HANDLING_LEASE", "16s"));
        builder.environment().putAll(environment);
        String name = environment.getOrDefault("SLUICE_WORKER_NAME", environment.getOrDefault("SLUICE_ROLE", "all"));
        return new SluiceProcess(
                jar.equals(JAR) ? ClassArchive.start(name, builder, JAR) : ChildProcess.start(name, builder));
    }

    /** Waits until the process reports that it is ready. */
    public SluiceProcess awaitReady() {
        process.await(PATIENCE, SluiceProcess::address);
        return this;
    }

    private static Optional<String> address(String line) {
        Matcher address = ADDRESS.matcher(line);
        return address.find() ? Optional.of(address.group(1)) : Optional.empty();
    }

    /** The base URL, without a trailing slash. */
    public String url() {
        return process.find(SluiceProcess::address)
                .orElseThrow(() -> new IllegalStateException("not ready:\n" + process.said()));
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.alive();
    }

    public List<String> output() {
        return process.output();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP: pauses the process until {@code thaw()}. */
    public void freeze() {
        process.signal("STOP");
    }

    public void thaw() {
        process.signal("CONT");
    }

    /** Sends SIGTERM, waits, and returns the exit code. */
    public int terminate() {
        return process.terminate();
    }

    /** Sends SIGTERM without waiting. */
    public void askToStop() {
        process.askToStop();
    }

    /** Waits for the end and returns the exit code. */
    public int awaitEnd() {
        return process.awaitEnd();
    }

    @Override
    public void close() {
        process.close();
    }
}
