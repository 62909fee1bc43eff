package io.sluice.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The embedded PostgreSQL server and AMQP 1.0 broker of a data folder: started by this process, or shared with the
 * process that owns the folder.
 */
public final class EmbeddedServices implements AutoCloseable {

    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(60);
    /** Waiting time for recorded services that do not answer. It allows for a busy machine. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final DataFolder folder;
    private final OwnedServices owned;
    private Endpoints endpoints;

    private EmbeddedServices(DataFolder folder, Endpoints endpoints, OwnedServices owned) {
        this.folder = folder;
        this.endpoints = endpoints;
        this.owned = owned;
    }

    /**
     * Starts the services of the folder. If another process owns the folder, joins its services instead.
     *
     * @param dataFolder created if it does not exist
     * @param progress receives short status messages for the user
     * @param giveUp receives a message when an owned service has died and cannot be started again, for good; called on
     *        a thread that must not wait for {@link #close()}
     * @return running services; must be closed
     * @throws EmbeddedServicesException if the folder cannot be used, if a service does not start, or if the services
     *         of the owning process do not answer; no service is left running
     */
    public static EmbeddedServices startOrJoin(Path dataFolder, Consumer<String> progress,
            Consumer<String> giveUp) {
        LibraryLogs.quieten();
        DataFolder folder = DataFolder.open(dataFolder);
        long deadline = System.nanoTime() + JOIN_TIMEOUT.toNanos();
        long firstSilence = 0;
        boolean waitAnnounced = false;
        while (true) {
            Optional<FolderLock> lock = FolderLock.tryAcquire(folder.lock());
            if (lock.isPresent()) {
                OwnedServices owned = OwnedServices.start(folder, lock.get(), progress, giveUp);
                return new EmbeddedServices(folder, owned.endpoints(), owned);
            }
            Optional<Endpoints> recorded = Endpoints.load(folder.endpoints()).filter(Endpoints::ready);
            if (recorded.isPresent()) {
                if (recorded.get().answer(folder)) {
                    progress.accept("Using the services of process " + recorded.get().ownerPid());
                    return new EmbeddedServices(folder, recorded.get(), null);
                }
                firstSilence = firstSilence == 0 ? System.nanoTime() : firstSilence;
                deadline = Math.min(deadline, firstSilence + ANSWER_TIMEOUT.toNanos());
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedServicesException(
                        "the data folder %s is in use by %s, but its services do not answer".formatted(folder.root(),
                                recorded.map(r -> "process " + r.ownerPid()).orElse("another process")));
            }
            if (!waitAnnounced) {
                progress.accept("Waiting for the process that uses the data folder");
                waitAnnounced = true;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServicesException("interrupted while waiting for the data folder", e);
        }
    }

    /** Whether this process owns the services and stops them. */
    public boolean owner() {
        return owned != null;
    }

    /** The absolute path of the folder. */
    public Path dataFolder() {
        return folder.root();
    }

    /** The database URL for the reactive data source. */
    public String databaseUrl() {
        return "postgresql://%s:%d/%s".formatted(LoopbackPorts.HOST, endpoints.postgresPort(), PostgresServer.DATABASE);
    }

    /** The database user, which needs no password. */
    public String databaseUser() {
        return PostgresServer.USER;
    }

    /** The host of the broker. */
    public String brokerHost() {
        return LoopbackPorts.HOST;
    }

    /** The TCP port of the broker, which needs no login. */
    public int brokerPort() {
        return endpoints.brokerPort();
    }

    /** The base URL of the simulator of the owning process, if any. */
    public Optional<String> simulatorUrl() {
        return endpoints.simulatorUrl();
    }

    /**
     * Allows other processes to join, once the owner runs everything that it shares.
     *
     * @param simulatorUrl the base URL of the simulator, if any
     */
    public void announce(Optional<String> simulatorUrl) {
        if (!owner()) {
            throw new IllegalStateException("only the owner can announce its services");
        }
        endpoints = endpoints.readyWith(simulatorUrl);
        endpoints.save(folder.endpoints());
    }

    /** Stops the services if this process owns them. */
    @Override
    public void close() {
        if (owner()) {
            owned.close();
        }
    }
}
