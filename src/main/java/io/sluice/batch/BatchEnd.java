package io.sluice.batch;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.handle.Gates;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Ends batches before their time: what has a gate still before it, or has not begun, returns to where it was. */
@ApplicationScoped
public class BatchEnd {
    private final Gates gates;
    private final BatchReturn returns;
    private final Pool pool;

    BatchEnd(Gates gates, BatchReturn returns, Pool pool) {
        this.gates = gates;
        this.returns = returns;
        this.pool = pool;
    }

    /**
     * Ends a running batch. Steps that run may end; orders that have gone through the last gate are handled to their end,
     * the others leave the batch, now or when their step has ended. Completes when those that rested have left.
     *
     * @return false if the batch is not running
     */
    public Uni<Boolean> abort(UUID batch) {
        return end(batch, BatchStatus.ABORTED);
    }

    /** Like {@link #abort}, because an order failed. */
    Uni<Boolean> stop(UUID batch) {
        return end(batch, BatchStatus.STOPPED);
    }

    /** Goes on with ending a batch, for the steps that had to end first. */
    Uni<Void> goOn(UUID batch) {
        return returns.sendBack(batch)
                .chain(() -> pool.withTransaction(transaction -> gates.lock(transaction, batch)
                        .chain(() -> gates.close(transaction, batch))))
                .chain(gates::next);
    }

    /** Without counts, it is told how the batch stands even if only its status has changed. */
    private Uni<Boolean> end(UUID batch, BatchStatus status) {
        return pool.withTransaction(transaction -> gates.lock(transaction, batch)
                .chain(() -> transaction.preparedQuery("""
                        update batch set status = $2, ends_as = $2, finished_at = null, counts = null, count_at = now()
                        where id = $1 and status = 'RUNNING'
                        """).execute(Tuple.of(batch, status.name())))
                .chain(ended -> ended.rowCount() == 0
                        ? Uni.createFrom().<List<String>>nullItem()
                        : gates.close(transaction, batch)))
                .chain(closed -> closed == null
                        ? Uni.createFrom().item(false)
                        : returns.sendBack(batch).chain(() -> gates.next(closed)).replaceWith(true));
    }
}
