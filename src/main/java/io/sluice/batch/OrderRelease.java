package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Sends orders back to where they were before a batch took them. An order leaves the batch if no worker has it and either a
 * lane is still before it, or nothing was done of it yet. The others go on to their end.
 */
@ApplicationScoped
class OrderRelease {
    private static final int CHUNK = 500;

    /**
     * The batch counts every order that left it as RECEIVED, whatever it was before: the batch did without it. What has changed
     * since the transaction began is left out: its event must not come after one with a younger transaction id.
     */
    private static final String SEND_BACK = """
            /* send back */
            with resting as (
                select s.order_id, s.batch_id, s.rank, s.step, s.outcome_unknown, i.before_status, i.before_reason_code,
                       i.before_reason_detail, s.step = i.before_step as untouched
                from order_state s join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                     join batch b on b.id = s.batch_id and b.status <> 'RUNNING'
                where s.batch_id = $1 and s.rank between $2 and $3 and s.updated_at < now()
                  and (s.status in ('QUEUED', 'DELAYED') or s.status = 'HANDLING' and s.lane is not null and s.worker is null)
                  and (s.step = i.before_step
                       or i.lanes_passed < (select count(distinct lane_no) from batch_lane where batch_id = $1))
                for update of s skip locked
            ), released as (
                update order_state s
                set status = case when r.untouched then r.before_status else 'RECEIVED' end,
                    reason_code = case when r.untouched then r.before_reason_code end,
                    reason_detail = case when r.untouched then r.before_reason_detail end,
                    attempts = 0, version = s.version + 1, batch_id = null, position = null, rank = null, printer = null,
                    actor = null
                from resting r where s.order_id = r.order_id
            )
            update batch_item i
            set left_status = 'RECEIVED', left_step = r.step,
                uncertain_step = case when r.outcome_unknown then r.step end
            from resting r where i.batch_id = r.batch_id and i.rank = r.rank
            """;

    private final Pool pool;

    OrderRelease(Pool pool) {
        this.pool = pool;
    }

    /**
     * Sends back whatever can be, some hundred orders a transaction. Orders that are just being changed are left out; call it
     * again for them.
     *
     * @return how many were sent back
     */
    Uni<Integer> sendBack(UUID batch) {
        return ranks(batch).onItem()
                .transformToMulti(first -> Multi.createFrom().iterable(first))
                .onItem()
                .transformToUniAndConcatenate(first -> sendBack(batch, first, first + CHUNK - 1))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** The first rank of every chunk. */
    private Uni<List<Integer>> ranks(UUID batch) {
        return pool.preparedQuery("""
                select generate_series(min(rank), max(rank), $2) from order_state
                where batch_id = $1 and status in ('QUEUED', 'HANDLING', 'DELAYED')
                """).execute(Tuple.of(batch, CHUNK)).map(rows -> {
            List<Integer> ranks = new ArrayList<>();
            rows.forEach(row -> ranks.add(row.getInteger(0)));
            return ranks;
        });
    }

    private Uni<Integer> sendBack(UUID batch, int firstRank, int lastRank) {
        return pool.preparedQuery(SEND_BACK).execute(Tuple.of(batch, firstRank, lastRank)).map(RowSet::rowCount);
    }
}
