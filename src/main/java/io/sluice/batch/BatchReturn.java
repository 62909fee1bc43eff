package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.handle.Gates;
import io.sluice.order.HandlingPlan;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
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
                       i.before_reason_detail, coalesce(s.step, $4) = coalesce(i.before_step, $4) as untouched, s.unknown
                from order_state s join batch_item i on i.batch_id = s.batch_id and i.position = s.position
                where s.batch_id = $1 and s.rank between $2 and $3
                  and (s.status in ('QUEUED', 'DELAYED') or s.status = 'HANDLING' and s.parked) and s.updated_at < now()
                  and (i.gates_passed < (select count(*) from batch_gate where batch_id = $1)
                       or coalesce(s.step, $4) = coalesce(i.before_step, $4))
                for update of s skip locked
            ), returned as (
                update order_state s
                set status = case when r.untouched then r.before_status else 'RECEIVED' end,
                    reason_code = case when r.untouched then r.before_reason_code end,
                    reason_detail = case when r.untouched then r.before_reason_detail end,
                    attempts = 0, version = s.version + 1, due_at = null, parked = false, held_by = null, worker = null,
                    delayed_since = null, queued_at = null, batch_id = null, position = null, rank = null,
                    updated_at = clock_timestamp()
                from resting r where s.order_id = r.order_id
                returning s.order_id, s.version, s.status, s.step, s.reason_code, s.reason_detail, s.tracking_number,
                          s.updated_at, r.batch_id, r.position, r.rank, r.unknown
            ), item as (
                update batch_item i
                set left_status = 'RECEIVED', left_step = r.step, gave_way = true,
                    doubt_step = case when r.unknown then r.step end
                from returned r where i.batch_id = r.batch_id and i.position = r.position
            )
            insert into event_log (kind, order_id, channel, version, status, step, reason_code, reason_detail,
                                   tracking_number, batch_id, position, at)
            select 'order', r.order_id, o.channel, r.version, r.status, r.step, r.reason_code, r.reason_detail,
                   r.tracking_number, r.batch_id, r.position, r.updated_at
            from returned r join orders o on o.id = r.order_id
            order by r.rank
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
        return ranks(batch).onItem()
                .transformToMulti(first -> Multi.createFrom().iterable(first))
                .onItem()
                .transformToUniAndConcatenate(first -> pool.withTransaction(transaction -> gates
                        .lock(transaction, batch)
                        .chain(() -> runsNot(transaction, batch))
                        .chain(ends -> ends
                                ? sendBack(transaction, batch, first, first + CHUNK - 1)
                                : Uni.createFrom().item(0))))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** Who retries a batch that has ended has it run again, and its orders are not to be sent back any more. */
    private static Uni<Boolean> runsNot(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("select from batch where id = $1 and status <> 'RUNNING' for share")
                .execute(Tuple.of(batch))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The first rank of every chunk: each transaction looks at so many orders and no more, however many are left. */
    private Uni<List<Integer>> ranks(UUID batch) {
        return pool.preparedQuery("""
                select generate_series(min(rank), max(rank), $2) from order_state
                where batch_id = $1 and (parked or status = 'DELAYED' or status = 'QUEUED')
                """).execute(Tuple.of(batch, CHUNK)).map(rows -> {
            List<Integer> ranks = new ArrayList<>();
            rows.forEach(row -> ranks.add(row.getInteger(0)));
            return ranks;
        });
    }

    private Uni<Integer> sendBack(SqlClient transaction, UUID batch, int firstRank, int lastRank) {
        return transaction.preparedQuery(SEND_BACK)
                .execute(Tuple.of(batch, firstRank, lastRank, plan.first().wireName()))
                .map(RowSet::rowCount);
    }
}
