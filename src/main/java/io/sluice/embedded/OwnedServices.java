package io.sluice.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** The services of a folder in the hands of the process that starts them and stops them. */
final class OwnedServices implements AutoCloseable {

    private final DataFolder folder;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private Endpoints endpoints;

    private OwnedServices(DataFolder folder, FolderLock lock) {
        this.folder = folder;
        started.push(lock);
    }

    /**
     * Starts the services on a folder that nobody else uses.
     *
     * @throws EmbeddedServicesException if one does not start; nothing is left running then, and the lock is released
     */
    static OwnedServices start(DataFolder folder, FolderLock lock, Consumer<String> progress) {
        OwnedServices services = new OwnedServices(folder, lock);
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
        // Until all is up again nobody is to join by what the last owner wrote.
        last.ifPresent(stale -> stale.notReady().save(folder.endpoints()));
        if (!PostgresProcesses.running(folder).isEmpty()) {
            progress.accept("Stopping the PostgreSQL that a killed process has left behind");
        }
        // Before a port is chosen, so that the old one is free again.
        PostgresProcesses.stop(folder);

        progress.accept("Starting PostgreSQL");
        int postgresPort = LoopbackPorts.free(last.map(Endpoints::postgresPort).orElse(0));
        started.push(PostgresServer.start(folder, postgresPort));
        progress.accept("Starting the broker");
        int brokerPort = LoopbackPorts.free(last.map(Endpoints::brokerPort).orElse(0));
        started.push(AmqpBroker.start(folder, brokerPort));
        endpoints = new Endpoints(false, ProcessHandle.current().pid(), postgresPort, brokerPort, Optional.empty());
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** Stops the broker, then PostgreSQL, and gives the folder free last, so that the next owner meets no remains. */
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
                            "the services did not stop in good order: " + e.getMessage(), e);
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
