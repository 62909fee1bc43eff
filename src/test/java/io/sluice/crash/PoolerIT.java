package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.PgBouncer;
import io.sluice.testing.SluiceProcess;

/** PgBouncer is between the processes and PostgreSQL. In transaction mode, they share its few sessions. */
@ExtendWith(FleetScenarios.class)
class PoolerIT {

    @Test
    void transactionMode_severalProcesses_noOrderIsMixedUp(Fleet fleet, @TempDir Path folder) {
        try (PgBouncer pooler = new PgBouncer("transaction", fleet.database.port(), Database.service())) {
            fleet.configure(Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", fleet.database.url(pooler.port()),
                    "SLUICE_DATABASE_POOLER", "transaction", "SLUICE_DATABASE_PASSWORD_FILE", password(folder)));
            fleet.steadyWorkers(2);
            OrderBook orders = fleet.openBook();
            try (Load load = new Load(orders, fleet.apiUrl())) {
                orders.post(200);
                load.awaitMore(25);
                assertThat(load.refusals()).isEmpty();
            }
            orders.assertAllHandled();
            fleet.dismissWorkers();
        }
    }

    /** PgBouncer asks for none here; but each connection has options of its own then. */
    private static String password(Path folder) {
        try {
            return Files.writeString(folder.resolve("password"), "any").toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void sessionMode_needsNoKey(Fleet fleet) {
        try (PgBouncer pooler = new PgBouncer("session", fleet.database.port(), Database.service())) {
            OrderBook orders = fleet.openBook();
            SluiceProcess worker = fleet.launchWorker("unknowing", Map.of("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "6"),
                    pooler.port(), fleet.broker.port()).awaitReady();
            orders.post(20);
            orders.assertAllHandled();
            assertThat(worker.terminate()).isZero();
        }
    }

    @Test
    void transactionMode_notConfigured_doesNotStartAndSaysWhatToSet(Fleet fleet) {
        try (PgBouncer pooler = new PgBouncer("transaction", fleet.database.port(), Database.service())) {
            SluiceProcess worker = fleet.launchWorker("unknowing", Map.of(), pooler.port(), fleet.broker.port());
            assertThat(worker.awaitEnd()).isEqualTo(1);
            assertThat(worker.output()).last()
                    .isEqualTo("Sluice cannot start: a connection pooler in transaction mode is between Sluice and"
                            + " PostgreSQL. Set SLUICE_DATABASE_POOLER=transaction.");
        }
    }
}
