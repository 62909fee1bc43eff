package io.sluice.batch;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Ends batches before their time: orders with a lane still before them, or not begun, return to where they were. */
@ApplicationScoped
public class BatchEnd {
    private final OrderRelease releases;
    private final Pool pool;

    BatchEnd(OrderRelease releases, Pool pool) {
        this.releases = releases;
        this.pool = pool;
    }

    /**
     * Ends a running batch. Running steps may end. Orders that have passed the last lane are handled to their end; the others
     * leave the batch, now or when their step has ended. Completes when those that rested have left.
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
        return releases.sendBack(batch).replaceWithVoid();
    }

    /** The counts are cleared, so that an event tells of the new status even if they stay the same. */
    private Uni<Boolean> end(UUID batch, BatchStatus status) {
        return pool.preparedQuery("""
                /* end batch */
                update batch set status = $2, ends_as = $2, finished_at = null, counts = null, count_at = now()
                where id = $1 and status = 'RUNNING'
                """)
                .execute(Tuple.of(batch, status.name()))
                .chain(ended -> ended.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : releases.sendBack(batch).replaceWith(true));
    }
}
