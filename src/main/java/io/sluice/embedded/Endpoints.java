package io.sluice.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The endpoints of the services, as recorded in the data folder.
 *
 * <p>
 * The record remains when the services stop. The next owner reuses the ports if they are free, so that joined processes
 * reconnect.
 *
 * @param ready whether the services are up; false while they start or stop
 * @param ownerPid the process that owns the services
 * @param postgresPort TCP port on the loopback address
 * @param brokerPort TCP port on the loopback address
 * @param simulatorUrl the base URL of the simulator, if any
 */
record Endpoints(boolean ready, long ownerPid, int postgresPort, int brokerPort, Optional<String> simulatorUrl) {

    private static final String READY = "ready";
    private static final String OWNER_PID = "owner.pid";
    private static final String POSTGRES_PORT = "postgres.port";
    private static final String BROKER_PORT = "broker.port";
    private static final String SIMULATOR_URL = "simulator.url";

    /** The same endpoints, now ready. */
    Endpoints readyWith(Optional<String> simulator) {
        return new Endpoints(true, ownerPid, postgresPort, brokerPort, simulator);
    }

    /** The same ports, not ready. */
    Endpoints notReady() {
        return new Endpoints(false, ownerPid, postgresPort, brokerPort, Optional.empty());
    }

    /** Whether the recorded services answer. */
    boolean answer(DataFolder folder) {
        return ServiceCheck.postgresAnswers(postgresPort, folder.postgres()) && ServiceCheck.brokerAnswers(brokerPort);
    }

    /** Reads the record; empty if it is absent or unreadable. */
    static Optional<Endpoints> load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return Optional.of(new Endpoints(
                    Boolean.parseBoolean(properties.getProperty(READY)),
                    Long.parseLong(properties.getProperty(OWNER_PID)),
                    Integer.parseInt(properties.getProperty(POSTGRES_PORT)),
                    Integer.parseInt(properties.getProperty(BROKER_PORT)),
                    Optional.ofNullable(properties.getProperty(SIMULATOR_URL))));
        } catch (IOException | IllegalArgumentException e) {
            // Absent or damaged: the owner writes a new record.
            return Optional.empty();
        }
    }

    /** Replaces the record atomically. */
    void save(Path file) {
        Properties properties = new Properties();
        properties.setProperty(READY, Boolean.toString(ready));
        properties.setProperty(OWNER_PID, Long.toString(ownerPid));
        properties.setProperty(POSTGRES_PORT, Integer.toString(postgresPort));
        properties.setProperty(BROKER_PORT, Integer.toString(brokerPort));
        simulatorUrl.ifPresent(url -> properties.setProperty(SIMULATOR_URL, url));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(draft)) {
                properties.store(writer, "Written by the Sluice process that owns this folder");
            }
            Files.move(draft, file, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EmbeddedServicesException("%s cannot be written (%s)".formatted(file, e), e);
        }
    }
}
