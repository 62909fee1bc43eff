package io.sluice.handle;

import static io.sluice.handle.GateRows.CARRIER;
import static io.sluice.handle.GateRows.PRINTER;
import static io.sluice.handle.GateRows.batch;
import static io.sluice.handle.GateRows.gate;
import static io.sluice.handle.GateRows.rolledBack;
import static io.sluice.handle.GateRows.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Which parked orders may start. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WakeTableTest {
    @Inject
    WakeTable wakes;
    @Inject
    HandlingConfig config;
    @Inject
    Pool pool;

    /**
     * The one batch has the carrier first and the other the printer, which an order of the other that has come back to the
     * carrier brings about. The order waits for the one batch to be done with the carrier; the one batch waits for the printer.
     */
    @Test
    void batchThatAnotherWaitsFor_isNotHeldUpByThatOnesPrinter() {
        assertThat(mayStart(3, 4)).as("the other batch comes later at both gates").isEmpty();
        assertThat(mayStart(1, 2)).as("the other batch comes first at both gates").isEmpty();
        assertThat(mayStart(3, 1)).as("the other batch comes later at the carrier, and first at the printer")
                .hasSize(1);
    }

    /** Of a batch that has turn 2 at both gates, whose first slip is due, and the order too far ahead that the carrier waits for. */
    private List<UUID> mayStart(int othersTurnAtCarrier, int othersTurnAtPrinter) {
        UUID batch = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        int ahead = config.lookAhead() + 2;
        return rolledBack(pool, transaction -> batch(transaction, batch)
                .chain(() -> batch(transaction, other))
                .chain(() -> gate(transaction, batch, 0, CARRIER, ahead, 2))
                .chain(() -> gate(transaction, batch, 1, PRINTER, 1, 2))
                .chain(() -> gate(transaction, other, 0, CARRIER, 1, othersTurnAtCarrier))
                .chain(() -> gate(transaction, other, 1, PRINTER, 1, othersTurnAtPrinter))
                .chain(() -> parked(transaction, batch, ahead))
                .chain(() -> wakes.mayStart(transaction, batch)));
    }

    private static Uni<Void> parked(SqlClient transaction, UUID batch, int rank) {
        return run(transaction,
                """
                        insert into order_state (order_id, placed_at, status, step, version, parked, batch_id, position, rank, updated_at)
                        values ($1, now(), 'QUEUED', 'mark-shipped', 2, true, $2, $3, $3, now())
                        """,
                Tuple.of(UUID.randomUUID(), batch, rank));
    }
}
