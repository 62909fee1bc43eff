package io.sluice.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Deletes batches that were never finished, once their orders have been sent back. */
@ApplicationScoped
class AbandonedBatchTable {
    private static final int CHUNK = 5000;
    private static final String EMPTY = "not exists (select from order_state where batch_id = $1)";

    private final Pool pool;

    AbandonedBatchTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * Gives a batch up that is being prepared; no further order is taken into it.
     *
     * @return false if it is finished, or was never begun
     */
    Uni<Boolean> giveUp(UUID id) {
        return pool.preparedQuery("""
                update batch set ends_as = 'ABORTED', counted_at = clock_timestamp()
                where id = $1 and status = 'PREPARING'
                """).execute(Tuple.of(id)).map(rows -> rows.rowCount() > 0);
    }

    /** Gives up those whose last sign of life is that old; another process finds them only after as long again. */
    Uni<List<UUID>> giveUpSilent(Duration silence) {
        return pool
                .preparedQuery(
                        """
                                update batch set ends_as = 'ABORTED', counted_at = clock_timestamp()
                                where status = 'PREPARING' and finished_at is null and counted_at < now() - $1 * interval '1 millisecond'
                                returning id
                                """)
                .execute(Tuple.of(silence.toMillis()))
                .map(rows -> {
                    List<UUID> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getUUID(0)));
                    return ids;
                });
    }

    /** Orders that were cancelled meanwhile leave the batch; one whose shipment is being undone stays for now. */
    Uni<Void> releaseCancelled(UUID batch) {
        return pool.preparedQuery("""
                /* release cancelled */
                update order_state s
                set batch_id = null, position = null, rank = null, printer = null, version = s.version + 1, actor = null
                where s.batch_id = $1 and s.status = 'CANCELLED' and s.due_at is null and s.held_by is null
                """).execute(Tuple.of(batch)).replaceWithVoid();
    }

    /** Removes what is written of its orders, unless one is still in it. */
    Uni<Void> removeItems(UUID batch) {
        return Uni.createFrom()
                .deferred(() -> pool.preparedQuery("""
                        delete from batch_item where batch_id = $1 and %s and position in (
                            select position from batch_item where batch_id = $1 order by position limit $2)
                        """.formatted(EMPTY)).execute(Tuple.of(batch, CHUNK)))
                .repeat()
                .whilst(rows -> rows.rowCount() > 0)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Removes the batch itself, unless an order is still in it. */
    Uni<Void> remove(UUID batch) {
        return pool.preparedQuery("delete from batch_lane where batch_id = $1 and " + EMPTY)
                .execute(Tuple.of(batch))
                .chain(() -> pool.preparedQuery("delete from batch where id = $1 and status = 'PREPARING' and " + EMPTY)
                        .execute(Tuple.of(batch)))
                .replaceWithVoid();
    }
}
