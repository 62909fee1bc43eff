package io.sluice.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Takes batches that never come into being out of the database, once their orders have been sent back. */
@ApplicationScoped
class UndoTable {
    private static final int CHUNK = 5000;
    private static final String EMPTY = "not exists (select from order_state where batch_id = $1)";

    private final Pool pool;

    UndoTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * Marks a batch as one that never comes into being; no order is taken into it from now on.
     *
     * @return false if it is one already, or was never begun
     */
    Uni<Boolean> giveUp(UUID id) {
        return pool.preparedQuery("""
                update batch set ends_as = 'ABORTED', counted_at = clock_timestamp()
                where id = $1 and status = 'PREPARING'
                """).execute(Tuple.of(id)).map(rows -> rows.rowCount() > 0);
    }

    /** Gives up those that have given no sign of life for so long; another process finds them only after as long again. */
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

    /** Orders that were cancelled meanwhile stay as they are, outside of the batch; one that a worker undoes stays for now. */
    Uni<Void> letGoOfCancelled(UUID batch) {
        return pool.preparedQuery("""
                with cancelled as (
                    select order_id from order_state
                    where batch_id = $1 and status = 'CANCELLED' and due_at is null and held_by is null
                    for update skip locked
                ), released as (
                    update order_state s
                    set batch_id = null, position = null, rank = null, version = s.version + 1,
                        updated_at = clock_timestamp()
                    from cancelled c where s.order_id = c.order_id
                    returning s.*
                )
                insert into event_log (kind, order_id, channel, version, status, step, tracking_number, batch_id, at)
                select 'order', r.order_id, o.channel, r.version, r.status, r.step, r.tracking_number, $1, r.updated_at
                from released r join orders o on o.id = r.order_id
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
        return pool.preparedQuery("delete from batch where id = $1 and status = 'PREPARING' and " + EMPTY)
                .execute(Tuple.of(batch))
                .replaceWithVoid();
    }
}
