package io.sluice.batch;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.handle.Gates;
import io.sluice.order.HandlingPlan;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Sends orders back to where they were before a batch took them. An order leaves the batch if no worker has it and either
 * a gate is still before it or nothing was done of it yet; the others go on to their end.
 */
@ApplicationScoped
class BatchReturn {
    private static final int CHUNK = 500;

    /**
     * The event names the batch that the order leaves, for those who follow it. In the batch's books every order sent back
     * stands as RECEIVED, whatever it was before: the batch did without it.
     */
    private static final String SEND_BACK = """
            with resting as (
                select s.order_id, s.batch_id, s.position, s.rank, i.before_status, i.before_reason_code,
                       i.before_reason_detail, coalesce(s.step, $3) = coalesce(i.before_step, $3) as untouched
                from order_state s join batch_item i on i.batch_id = s.batch_id and i.position = s.position
                where s.batch_id = $1 and s.rank > $2
                  and (s.status in ('QUEUED', 'DELAYED') or s.status = 'HANDLING' and s.parked)
                  and (i.gates_passed < (select count(*) from batch_gate where batch_id = $1)
                       or coalesce(s.step, $3) = coalesce(i.before_step, $3))
                order by s.rank limit $4 for update of s skip locked
            ), returned as (
                update order_state s
                set status = case when r.untouched then r.before_status else 'RECEIVED' end,
                    reason_code = case when r.untouched then r.before_reason_code end,
                    reason_detail = case when r.untouched then r.before_reason_detail end,
                    attempts = 0, version = s.version + 1, due_at = null, parked = false, held_by = null, worker = null,
                    delayed_since = null, queued_at = null, batch_id = null, position = null, rank = null,
                    updated_at = clock_timestamp()
                from resting r where s.order_id = r.order_id
                returning s.*
            ), item as (
                update batch_item i
                set left_status = 'RECEIVED', left_step = s.step, left_reason_code = null, left_reason_detail = null,
                    gave_way = true
                from resting r join returned s using (order_id)
                where i.batch_id = r.batch_id and i.position = r.position
            ), event as (
                insert into event_log (kind, order_id, channel, version, status, step, reason_code, reason_detail,
                                       tracking_number, batch_id, position, at)
                select 'order', s.order_id, o.channel, s.version, s.status, s.step, s.reason_code, s.reason_detail,
                       s.tracking_number, r.batch_id, r.position, s.updated_at
                from resting r join returned s using (order_id) join orders o on o.id = s.order_id
                order by r.rank
            )
            select coalesce(max(rank), $2), count(*) from resting
            """;

    private final Gates gates;
    private final HandlingPlan plan;
    private final Pool pool;

    BatchReturn(Gates gates, HandlingPlan plan, Pool pool) {
        this.gates = gates;
        this.plan = plan;
        this.pool = pool;
    }

    /**
     * Sends back whatever can be, some hundred orders a transaction. Orders that somebody else is just changing are left
     * out; call it again for them.
     *
     * @return how many were sent back
     */
    Uni<Integer> sendBack(UUID batch) {
        AtomicInteger count = new AtomicInteger();
        AtomicInteger rank = new AtomicInteger(Integer.MIN_VALUE);
        return Uni.createFrom()
                .deferred(() -> pool.withTransaction(transaction -> gates.lock(transaction, batch)
                        .chain(() -> sendBack(transaction, batch, rank.get()))))
                .repeat()
                .whilst(chunk -> chunk.count() > 0)
                .invoke(chunk -> {
                    rank.set(chunk.lastRank());
                    count.addAndGet(chunk.count());
                })
                .collect()
                .last()
                .map(done -> count.get());
    }

    private Uni<Chunk> sendBack(SqlClient transaction, UUID batch, int afterRank) {
        return transaction.preparedQuery(SEND_BACK)
                .execute(Tuple.of(batch, afterRank, plan.first().wireName(), CHUNK))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Chunk(row.getInteger(0), row.getInteger(1));
                });
    }

    private record Chunk(int lastRank, int count) {}
}
