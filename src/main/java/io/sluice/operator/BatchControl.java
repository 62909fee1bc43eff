package io.sluice.operator;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.handle.Gates;
import io.sluice.outbox.OutboxRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Retries the failed orders of a batch, some hundred a transaction. */
@ApplicationScoped
public class BatchControl {
    private static final int CHUNK = 500;

    private final ControlTable table;
    private final Gates gates;
    private final Pool pool;

    BatchControl(ControlTable table, Gates gates, Pool pool) {
        this.table = table;
        this.gates = gates;
        this.pool = pool;
    }

    /**
     * Queues the failed orders of a batch again, each at the step that failed, in their old sequence. Completes after the
     * last commit.
     *
     * @return how many there were
     */
    public Uni<Integer> retry(UUID batch) {
        return pool.query("select clock_timestamp()")
                .execute()
                .chain(now -> retry(batch, now.iterator().next().getOffsetDateTime(0), Integer.MIN_VALUE, 0));
    }

    /** Those that fail once more meanwhile are not retried once more. */
    private Uni<Integer> retry(UUID batch, OffsetDateTime failedBy, int after, int before) {
        return pool.withTransaction(transaction -> gates.lock(transaction, batch)
                .chain(() -> table.lockFailed(transaction, batch, failedBy, after, CHUNK))
                .chain(failed -> failed.isEmpty()
                        ? Uni.createFrom().item(new Retried(0, after, List.of()))
                        : requeue(transaction, batch, failed.keySet(), failed.values())
                                .map(messages -> new Retried(failed.size(), Collections.max(failed.values()),
                                        messages))))
                .invoke(retried -> gates.woken(retried.messages()))
                .chain(retried -> retried.count() == 0
                        ? Uni.createFrom().item(before)
                        : retry(batch, failedBy, retried.lastRank(), before + retried.count()));
    }

    /** Needs the lock of the batch's gates, and of the orders. The batch runs again, if it had ended. */
    Uni<List<OutboxRow>> requeue(SqlClient transaction, UUID batch, Collection<UUID> orders,
            Collection<Integer> ranks) {
        return gates.rejoin(transaction, batch, ranks)
                .chain(() -> table.requeueParked(transaction, orders))
                .chain(() -> transaction
                        .preparedQuery(
                                "update batch set status = 'RUNNING', finished_at = null, count_at = now() where id = $1")
                        .execute(Tuple.of(batch)))
                .chain(() -> gates.wake(transaction, batch));
    }

    /** Has a batch counted once more, of which an order has changed although it had ended. */
    Uni<Void> recount(UUID batch) {
        return pool
                .preparedQuery(
                        "update batch set counts = null, count_at = now() where id = $1 and finished_at is not null")
                .execute(Tuple.of(batch))
                .replaceWithVoid();
    }

    private record Retried(int count, int lastRank, List<OutboxRow> messages) {}
}
