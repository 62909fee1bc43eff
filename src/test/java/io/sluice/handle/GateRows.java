package io.sluice.handle;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** A running batch of a test's own, row by row. Nothing of it is committed, so that nobody comes to handle its orders. */
final class GateRows {
    static final String CARRIER = "create-shipment";
    static final String PRINTER = "print-packing-slip";

    private GateRows() {}

    /** What is found in a transaction that is then rolled back. */
    static <T> T rolledBack(Pool pool, Function<SqlClient, Uni<T>> transaction) {
        AtomicReference<T> found = new AtomicReference<>();
        pool.withTransaction(connection -> transaction.apply(connection)
                .invoke(found::set)
                .chain(() -> Uni.createFrom().<Void>failure(new RolledBack())))
                .onFailure(RolledBack.class)
                .recoverWithNull()
                .await()
                .indefinitely();
        return found.get();
    }

    static Uni<Void> batch(SqlClient transaction, UUID id) {
        return run(transaction, """
                insert into batch (id, status, ends_as, print_order, on_failure, total, rejected, created_at)
                values ($1, 'RUNNING', 'COMPLETED', 'as-listed', 'skip', 1, '[]', now())
                """, Tuple.of(id));
    }

    static Uni<Void> gate(SqlClient transaction, UUID batch, int gate, String step, int nextRank, int turn) {
        return run(transaction, """
                insert into batch_gate (batch_id, gate, step, next_rank, turn, open) values ($1, $2, $3, $4, $5, true)
                """, Tuple.of(batch, gate, step, nextRank, turn));
    }

    static Uni<Void> run(SqlClient client, String sql, Tuple parameters) {
        return client.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    private static final class RolledBack extends RuntimeException {}
}
