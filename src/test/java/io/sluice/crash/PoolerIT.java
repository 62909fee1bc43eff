package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.PgBouncer;
import io.sluice.testing.SluiceProcess;

/** PgBouncer is between the processes and PostgreSQL. In transaction mode, they share its few sessions. */
@ExtendWith(FleetScenarios.class)
class PoolerIT {

    @Test
    void transactionMode_severalProcesses_noOrderIsMixedUp(Fleet fleet) {
        try (PgBouncer pooler = new PgBouncer("transaction", fleet.database.port(), Database.service())) {
            fleet.configure(Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", fleet.database.url(pooler.port()),
                    "SLUICE_DATABASE_POOLER", "transaction"));
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
