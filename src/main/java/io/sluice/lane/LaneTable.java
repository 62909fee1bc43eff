package io.sluice.lane;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Step;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Lanes in the database: who holds one, and which batch has it. Every statement names the lane's fencing token: once
 * another worker has taken the lane over, it changes nothing.
 */
@ApplicationScoped
public class LaneTable {
    private final Pool pool;

    LaneTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * The lanes that have work and no living holder. A batch whose orders all fail before the lane needs a holder, too:
     * it moves the cursor, and only near the cursor further orders start.
     */
    public Uni<List<String>> unheld() {
        return pool
                .query("""
                        /* lane unheld */
                        select l.name from lane l
                        where (l.holder is null or l.lease_until < now())
                          and (exists (select from order_state s where s.lane = l.name and s.worker is not null)
                               or exists (select from lane_queue q where q.lane = l.name))
                        """)
                .execute()
                .map(rows -> Rows.all(rows, row -> row.getString(0)));
    }

    /**
     * Makes this worker the holder of a lane. What the last holder was at is not known, and has to be asked for.
     *
     * @param lease how long it may be silent before another worker takes over
     * @return empty if another worker was faster
     */
    public Uni<Optional<Lane>> acquire(String name, String worker, Duration lease) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                /* lane acquire */
                update lane set holder = $2, fence = fence + 1, lease_until = now() + $3 * interval '1 millisecond'
                where name = $1 and (holder is null or lease_until < now())
                returning name, step, fence
                """).execute(Tuple.of(name, worker, lease.toMillis())).chain(rows -> {
            Optional<Lane> lane = Rows.one(rows,
                    row -> new Lane(row.getString(0), Step.of(row.getString(1)), row.getLong(2)));
            return (lane.isEmpty() ? Uni.createFrom().voidItem() : takeOver(transaction, lane.get(), true))
                    .replaceWith(lane);
        }));
    }

    /** Takes over the orders of the lane whose worker let its lease run out. */
    public Uni<Void> takeOver(Lane lane) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery("/* lane lock */ select from lane where name = $1 and fence = $2 for update")
                .execute(Tuple.of(lane.name(), lane.fence()))
                .chain(held -> held.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : takeOver(transaction, lane, false)));
    }

    private static Uni<Void> takeOver(SqlClient transaction, Lane lane, boolean all) {
        return transaction
                .preparedQuery(
                        """
                                /* lane take over */
                                update order_state s
                                set version = s.version + 1, lease = s.lease + 1, worker = null, outcome_unknown = true,
                                    -- One that a person has cancelled is any worker's: the batch of the lane may have
                                    -- ended.
                                    lane = case when s.cancel_requested_by is null then s.lane end,
                                    due_at = case when s.cancel_requested_by is not null then now() end,
                                    actor = s.worker, last_step = s.step, last_attempt = s.attempts + 1,
                                    last_outcome = 'UNKNOWN',
                                    last_started_at = s.updated_at, last_finished_at = clock_timestamp(),
                                    reason_code = 'worker-lost', reason_detail =
                                    'The worker stopped or was lost during this step; whether its call went out is not known.'
                                where s.lane = $1 and s.worker is not null and ($2 or s.due_at <= now())
                                """)
                .execute(Tuple.of(lane.name(), all))
                .replaceWithVoid();
    }

    /** Renews the lease; false if another worker holds the lane by now. */
    public Uni<Boolean> renew(Lane lane, Duration lease) {
        return pool.preparedQuery("""
                /* lane renew */
                update lane set lease_until = now() + $3 * interval '1 millisecond'
                where name = $1 and fence = $2 and holder is not null
                """)
                .execute(Tuple.of(lane.name(), lane.fence(), lease.toMillis()))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Gives the lane up, for any worker to take it at once. */
    public Uni<Void> release(Lane lane) {
        return pool.preparedQuery("""
                /* lane release */
                update lane set holder = null, lease_until = null where name = $1 and fence = $2
                """).execute(Tuple.of(lane.name(), lane.fence())).replaceWithVoid();
    }

    /** Gives the lane to the first batch in line; false if none waits for it. */
    public Uni<Boolean> choose(Lane lane) {
        return pool.preparedQuery("""
                /* lane choose */
                update lane l
                set batch_id = (select q.batch_id from lane_queue q where q.lane = l.name order by q.line_no limit 1)
                where l.name = $1 and l.fence = $2
                returning l.batch_id
                """)
                .execute(Tuple.of(lane.name(), lane.fence()))
                .map(rows -> rows.rowCount() > 0 && rows.iterator().next().getUUID(0) != null);
    }

    /** Moves the cursor behind {@code rank}. */
    public Uni<Void> skipTo(Lane lane, int rank) {
        return pool
                .preparedQuery(
                        """
                                /* lane skip */
                                with mine as (update lane set batch_id = batch_id where name = $1 and fence = $2
                                             returning name, batch_id, printer)
                                update batch_lane c
                                set next_rank = coalesce((
                                    select n.rank from batch_item n
                                    where n.batch_id = c.batch_id and n.rank > $3 and n.lanes_passed <= c.lane_no
                                      and n.left_status is null and (mine.printer is null or n.printer = mine.printer)
                                    order by n.rank limit 1), $3 + 1)
                                from mine where c.lane = mine.name and c.batch_id = mine.batch_id and c.next_rank <= $3
                                """)
                .execute(Tuple.of(lane.name(), lane.fence(), rank))
                .replaceWithVoid();
    }

    /** The batch that has the lane gives it up; if it runs, the lane waits for none of its orders any more. */
    public Uni<Void> leave(Lane lane) {
        return pool.preparedQuery("""
                /* lane leave */
                with mine as (select name, batch_id from lane where name = $1 and fence = $2 for update),
                     left_batch as (
                    update batch_lane c set next_rank = null
                    from mine join batch b on b.id = mine.batch_id
                    where c.lane = mine.name and c.batch_id = mine.batch_id and b.status = 'RUNNING')
                update lane set batch_id = null from mine where lane.name = mine.name
                """).execute(Tuple.of(lane.name(), lane.fence())).replaceWithVoid();
    }

    /** Ends the batch that has the lane, because the order whose turn it was has failed. */
    public Uni<Void> stop(Lane lane) {
        return pool.preparedQuery("""
                /* lane stop */
                update batch b set status = 'STOPPED', ends_as = 'STOPPED', counts = null, count_at = now()
                from lane l where l.name = $1 and l.fence = $2 and b.id = l.batch_id and b.status = 'RUNNING'
                """).execute(Tuple.of(lane.name(), lane.fence())).replaceWithVoid();
    }
}
