package io.sluice.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the packaged application, as somebody who runs it would start it; it can really be killed. */
public final class SluiceProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("Sluice is ready: .*?(http://[^/]+)/");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** A JVM that lives for a minute is done sooner without the second compiler: it starts with half the work. */
    private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final ChildProcess process;

    private SluiceProcess(ChildProcess process) {
        this.process = process;
    }

    /** As {@link #start(Path, Map, String...)}, with the memory that a process with everything in it needs. */
    public static SluiceProcess start(Path folder, Map<String, String> environment) {
        return start(folder, environment, "-Xmx512m");
    }

    /**
     * Starts a process in {@code folder} without waiting for it.
     *
     * @param environment beyond what every test wants: any free ports, partners that answer after 100 ms and never fail
     * @param jvmOptions  beyond what every test wants: a quick start, an end together with the tests
     */
    public static SluiceProcess start(Path folder, Map<String, String> environment, String... jvmOptions) {
        List<String> arguments = new ArrayList<>(SHORT_LIVED);
        arguments.addAll(List.of(jvmOptions));
        arguments.addAll(
                List.of("-Dsluice.stop-with=" + ProcessHandle.current().pid(), "-jar", JAR.toString()));
        ProcessBuilder builder = ChildProcess.java(arguments).directory(folder.toFile());
        builder.environment()
                .putAll(Map.of("QUARKUS_HTTP_PORT", "0", "SLUICE_SIMULATOR_PORT", "0", "SLUICE_SIMULATOR_LATENCY",
                        "100ms", "SLUICE_SIMULATOR_FAILURE_RATE", "0", "SLUICE_HANDLING_LEASE", "16s"));
        builder.environment().putAll(environment);
        return new SluiceProcess(ClassArchive.start(
                environment.getOrDefault("SLUICE_WORKER_NAME", environment.getOrDefault("SLUICE_ROLE", "all")),
                builder, JAR));
    }

    /** Waits until it says that it is ready. */
    public SluiceProcess awaitReady() {
        process.await(PATIENCE, SluiceProcess::address);
        return this;
    }

    private static Optional<String> address(String line) {
        Matcher address = ADDRESS.matcher(line);
        return address.find() ? Optional.of(address.group(1)) : Optional.empty();
    }

    /** Base URL, without a slash at its end. */
    public String url() {
        return process.find(SluiceProcess::address)
                .orElseThrow(() -> new IllegalStateException("not ready:\n" + process.said()));
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

    /** SIGSTOP: it lives and does nothing, until it is thawed. */
    public void freeze() {
        process.signal("STOP");
    }

    public void thaw() {
        process.signal("CONT");
    }

    /** SIGTERM; gives the exit code. */
    public int terminate() {
        return process.terminate();
    }

    /** SIGTERM, without waiting for what comes of it. */
    public void askToStop() {
        process.askToStop();
    }

    /** Gives the exit code once it has ended. */
    public int awaitEnd() {
        return process.awaitEnd();
    }

    @Override
    public void close() {
        process.close();
    }
}
