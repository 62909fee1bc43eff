package io.sluice.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.sluice.testing.ChildProcess;
import io.sluice.testing.Ports;

/** A service that Sluice depends on, in a separate process. Its port is the same after a restart. */
abstract class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;
    private final Class<?> main;
    private final int port = Ports.free();
    private ChildProcess process;

    Service(String name, Class<?> main) {
        this.name = name;
        this.main = main;
    }

    final int port() {
        return port;
    }

    final boolean running() {
        return process != null && process.alive();
    }

    /** Starts the service without waiting. */
    final void launch(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp",
                System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        process = ChildProcess.start(name, ChildProcess.java(command));
    }

    /** Waits until the service answers. */
    final void awaitReady() {
        process.await(PATIENCE, line -> line.equals(Integer.toString(port)) ? Optional.of(line) : Optional.empty());
    }

    /** Starts the service and waits until it answers. */
    abstract void start();

    /** {@code kill -9}. */
    void kill() {
        process.kill();
    }

    /** Stops the service cleanly. */
    @Override
    public void close() {
        if (running()) {
            try {
                process.closeInput();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            process.awaitEnd();
        }
    }
}
