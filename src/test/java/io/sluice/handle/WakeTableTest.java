package io.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Which parked orders may start. Nothing of it is committed, so that nobody comes to handle them. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WakeTableTest {
    private static final String CARRIER = "create-shipment";
    private static final String PRINTER = "print-packing-slip";

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
        AtomicReference<List<UUID>> found = new AtomicReference<>();
        pool.withTransaction(transaction -> batch(transaction, batch)
                .chain(() -> batch(transaction, other))
                .chain(() -> gate(transaction, batch, 0, CARRIER, ahead, 2))
                .chain(() -> gate(transaction, batch, 1, PRINTER, 1, 2))
                .chain(() -> gate(transaction, other, 0, CARRIER, 1, othersTurnAtCarrier))
                .chain(() -> gate(transaction, other, 1, PRINTER, 1, othersTurnAtPrinter))
                .chain(() -> parked(transaction, batch, ahead))
                .chain(() -> wakes.mayStart(transaction, batch))
                .invoke(found::set)
                .chain(() -> Uni.createFrom().failure(new RolledBack())))
                .onFailure(RolledBack.class)
                .recoverWithNull()
                .await()
                .indefinitely();
        return found.get();
    }

    private static Uni<Void> batch(SqlConnection transaction, UUID id) {
        return run(transaction, """
                insert into batch (id, status, ends_as, print_order, on_failure, total, rejected, created_at)
                values ($1, 'RUNNING', 'COMPLETED', 'as-listed', 'skip', 1, '[]', now())
                """, Tuple.of(id));
    }

    private static Uni<Void> gate(SqlConnection transaction, UUID batch, int gate, String step, int nextRank,
            int turn) {
        return run(transaction, """
                insert into batch_gate (batch_id, gate, step, next_rank, turn, open) values ($1, $2, $3, $4, $5, true)
                """, Tuple.of(batch, gate, step, nextRank, turn));
    }

    private static Uni<Void> parked(SqlConnection transaction, UUID batch, int rank) {
        return run(transaction,
                """
                        insert into order_state (order_id, placed_at, status, step, version, parked, batch_id, position, rank, updated_at)
                        values ($1, now(), 'QUEUED', 'mark-shipped', 2, true, $2, $3, $3, now())
                        """,
                Tuple.of(UUID.randomUUID(), batch, rank));
    }

    private static Uni<Void> run(SqlClient client, String sql, Tuple parameters) {
        return client.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    private static final class RolledBack extends RuntimeException {}
}
