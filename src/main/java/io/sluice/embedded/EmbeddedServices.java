package io.sluice.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The PostgreSQL server and the AMQP 1.0 broker that belong to a data folder: started here, or shared with the process
 * that has started them.
 */
public final class EmbeddedServices implements AutoCloseable {

    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(60);
    /** For services that are on record but do not answer: long enough for a busy machine, and no more. */
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
     * Starts the services on the folder or, if another process owns it, joins that process's services.
     *
     * @param dataFolder where everything is kept; created if it does not exist
     * @param progress told, in a few words for a person, what is being waited for
     * @return the services, answering; to be closed
     * @throws EmbeddedServicesException if the folder cannot be used, if the services do not start, or if another
     *         process has the folder but its services do not answer; nothing is left running then
     */
    public static EmbeddedServices startOrJoin(Path dataFolder, Consumer<String> progress) {
        LibraryLogs.quieten();
        DataFolder folder = DataFolder.open(dataFolder);
        long giveUp = System.nanoTime() + JOIN_TIMEOUT.toNanos();
        long firstSilence = 0;
        boolean told = false;
        while (true) {
            Optional<FolderLock> lock = FolderLock.tryAcquire(folder.lock());
            if (lock.isPresent()) {
                OwnedServices owned = OwnedServices.start(folder, lock.get(), progress);
                return new EmbeddedServices(folder, owned.endpoints(), owned);
            }
            Optional<Endpoints> recorded = Endpoints.load(folder.endpoints()).filter(Endpoints::ready);
            if (recorded.isPresent()) {
                if (recorded.get().answer(folder)) {
                    progress.accept("Joining the services of process " + recorded.get().ownerPid());
                    return new EmbeddedServices(folder, recorded.get(), null);
                }
                firstSilence = firstSilence == 0 ? System.nanoTime() : firstSilence;
                giveUp = Math.min(giveUp, firstSilence + ANSWER_TIMEOUT.toNanos());
            }
            if (System.nanoTime() > giveUp) {
                throw new EmbeddedServicesException(
                        "the data folder %s is in use by %s, whose services do not answer".formatted(folder.root(),
                                recorded.map(r -> "process " + r.ownerPid()).orElse("another process")));
            }
            if (!told) {
                progress.accept("Waiting for the process that uses the data folder");
                told = true;
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

    /** Whether this handle has started the services, and will stop them. */
    public boolean owner() {
        return owned != null;
    }

    /** The folder, as an absolute path. */
    public Path dataFolder() {
        return folder.root();
    }

    /** The database's URL, as Quarkus' reactive data source wants it. */
    public String databaseUrl() {
        return "postgresql://%s:%d/%s".formatted(LoopbackPorts.HOST, endpoints.postgresPort(), PostgresServer.DATABASE);
    }

    /** The database's user, who needs no password. */
    public String databaseUser() {
        return PostgresServer.USER;
    }

    /** The broker's address. */
    public String brokerHost() {
        return LoopbackPorts.HOST;
    }

    /** The broker's TCP port; nobody has to log in. */
    public int brokerPort() {
        return endpoints.brokerPort();
    }

    /** The base URL of the simulator that the owner has announced, if any. */
    public Optional<String> simulatorUrl() {
        return endpoints.simulatorUrl();
    }

    /**
     * Lets other processes join, once the owner has everything running that they are to share.
     *
     * @param simulatorUrl the base URL of the owner's simulator, empty if it runs none
     */
    public void announce(Optional<String> simulatorUrl) {
        if (!owner()) {
            throw new IllegalStateException("only the owner can announce its services");
        }
        endpoints = endpoints.readyWith(simulatorUrl);
        endpoints.save(folder.endpoints());
    }

    /** Stops the services if this handle has started them. */
    @Override
    public void close() {
        if (owner()) {
            owned.close();
        }
    }
}
