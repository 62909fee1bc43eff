package io.sluice.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** The services of a data folder, owned by this process, which starts them again when they die. */
final class OwnedServices implements AutoCloseable {

    private final DataFolder folder;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Consumer<String> giveUp;
    private Endpoints endpoints;

    private OwnedServices(DataFolder folder, FolderLock lock, Consumer<String> giveUp) {
        this.folder = folder;
        this.giveUp = giveUp;
        started.push(lock);
    }

    /**
     * Starts the services on a folder that no other process uses.
     *
     * @param giveUp receives a message when a service has died and cannot be started again
     * @throws EmbeddedServicesException if a service does not start; no service is left running and the lock is
     *         released
     */
    static OwnedServices start(DataFolder folder, FolderLock lock, Consumer<String> progress,
            Consumer<String> giveUp) {
        OwnedServices services = new OwnedServices(folder, lock, giveUp);
        try {
            services.start(progress);
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private void start(Consumer<String> progress) {
        Optional<Endpoints> last = Endpoints.load(folder.endpoints());
        // Prevents other processes from joining by an outdated record.
        last.ifPresent(stale -> stale.notReady().save(folder.endpoints()));
        if (!PostgresProcesses.running(folder).isEmpty()) {
            progress.accept("Stopping the PostgreSQL server of a killed process");
        }
        // Stopped before ports are chosen, so that the old port is free.
        PostgresProcesses.stop(folder);

        progress.accept("Starting PostgreSQL");
        int postgresPort = LoopbackPorts.free(last.map(Endpoints::postgresPort).orElse(0));
        started.push(new KeptService("PostgreSQL", () -> startPostgres(postgresPort), giveUp));
        progress.accept("Starting the broker");
        int brokerPort = LoopbackPorts.free(last.map(Endpoints::brokerPort).orElse(0));
        started.push(new KeptService("The broker", () -> AmqpBroker.start(folder, brokerPort), giveUp));
        endpoints = new Endpoints(false, ProcessHandle.current().pid(), postgresPort, brokerPort, Optional.empty());
    }

    /** Waits for what a server that died has left behind. */
    private PostgresServer startPostgres(int port) {
        PostgresProcesses.stop(folder);
        return PostgresServer.start(folder, port);
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** Stops the broker, then PostgreSQL, and releases the folder last. */
    @Override
    public synchronized void close() {
        if (!started.isEmpty() && endpoints != null) {
            endpoints.notReady().save(folder.endpoints());
        }
        EmbeddedServicesException failure = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new EmbeddedServicesException(
                            "the services did not stop cleanly: " + e.getMessage(), e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
