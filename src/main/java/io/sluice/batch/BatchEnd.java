package io.sluice.batch;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.tracing.LogFields;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Ends batches before their time, and sends orders back to where they were before. An order leaves the batch if no
 * worker has it and either a lane is still before it, or nothing was done of it yet. The others go on to their end.
 */
@ApplicationScoped
public class BatchEnd {
    private static final Logger LOG = Logger.getLogger(BatchEnd.class);
    private static final int CHUNK = 500;

    /**
     * The batch counts every order that left it as RECEIVED, whatever it was before: the batch did without it. A batch
     * that was never visible forgets its orders, cancelled ones too, unless their shipment is still being undone. What
     * has changed since the transaction began is left out: its event must not come after one with a younger transaction
     * id.
     */
    private static final String SEND_BACK = """
            /* send back */
            with resting as (
                select s.order_id, s.batch_id, s.rank, s.step, s.outcome_unknown, b.line_no is not null as visible,
                       case when s.status = 'CANCELLED' then s.status
                            when s.step = i.before_step then i.before_status else 'RECEIVED' end as goes_to,
                       case when s.step = i.before_step then i.before_reason_code end as reason_code,
                       case when s.step = i.before_step then i.before_reason_detail end as reason_detail
                from order_state s join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                     join batch b on b.id = s.batch_id and b.status <> 'RUNNING'
                where s.batch_id = $1 and s.rank between $2 and $3 and s.updated_at < now()
                  and ((s.status in ('QUEUED', 'DELAYED')
                        or s.status = 'HANDLING' and s.lane is not null and s.worker is null)
                       and (s.step = i.before_step
                            or i.lanes_passed < (select count(distinct lane_no) from batch_lane where batch_id = $1))
                       or s.status = 'CANCELLED' and b.line_no is null and s.due_at is null and s.held_by is null)
                for update of s skip locked
            ), released as (
                update order_state s
                set status = r.goes_to, reason_code = r.reason_code, reason_detail = r.reason_detail, attempts = 0,
                    version = s.version + 1, batch_id = null, position = null, rank = null, printer = null, actor = null
                from resting r where s.order_id = r.order_id
            ), noted as (
                update batch_item i
                set left_status = 'RECEIVED', left_step = r.step,
                    uncertain_step = case when r.outcome_unknown then r.step end
                from resting r where r.visible and i.batch_id = r.batch_id and i.rank = r.rank
            )
            delete from batch_item i using resting r
            where not r.visible and i.batch_id = r.batch_id and i.rank = r.rank
            """;

    private final Pool pool;
    private final AuditLog audit;

    BatchEnd(Pool pool, AuditLog audit) {
        this.pool = pool;
        this.audit = audit;
    }

    /**
     * Ends a running batch. Running steps may end. Orders that have passed the last lane are handled to their end; the
     * others leave the batch, now or when their step has ended. Completes when those that rested have left.
     *
     * @param by who asks for it
     * @return false if the batch is not running
     */
    public Uni<Boolean> abort(UUID batch, Requester by) {
        return pool.withTransaction(transaction -> end(transaction, batch, BatchStatus.RUNNING.name())
                .call(ended -> ended
                        ? audit.record(transaction, by, AuditAction.BATCH_ABORT, batch,
                                Change.of("status", BatchStatus.RUNNING.name(), BatchStatus.ABORTED.name()))
                        : Uni.createFrom().voidItem()))
                .call(ended -> sendBackIf(ended, batch));
    }

    /** Like {@link #abort}, for a batch that is being prepared: no further order is taken into it. */
    Uni<Boolean> giveUp(UUID batch) {
        return end(pool, batch, "PREPARING").call(ended -> sendBackIf(ended, batch));
    }

    /**
     * The counts are cleared, so that an event tells of the new status even if they stay the same. {@link BatchWatch}
     * leaves a batch that was being prepared alone until the time for that is up.
     */
    private static Uni<Boolean> end(SqlClient client, UUID batch, String status) {
        return client.preparedQuery("""
                /* end batch */
                update batch
                set status = 'ABORTED', ends_as = 'ABORTED', finished_at = null, counts = null,
                    count_at = case status when 'PREPARING' then count_at else now() end
                where id = $1 and status = $2
                """)
                .execute(Tuple.of(batch, status))
                .map(ended -> ended.rowCount() > 0);
    }

    private Uni<Void> sendBackIf(boolean ended, UUID batch) {
        return ended ? sendBack(batch) : Uni.createFrom().voidItem();
    }

    /**
     * Sends back whatever can be, some hundred orders a transaction. Orders that are just being changed are left out;
     * call it again for them.
     */
    Uni<Void> sendBack(UUID batch) {
        return firstRanks(batch).onItem()
                .transformToUniAndConcatenate(first -> pool.preparedQuery(SEND_BACK)
                        .execute(Tuple.of(batch, first, first + CHUNK - 1)))
                .collect()
                .last()
                .chain(() -> forget(batch));
    }

    /** The first rank of every chunk. */
    private Multi<Integer> firstRanks(UUID batch) {
        return pool.preparedQuery("""
                select generate_series(min(rank), max(rank), $2) as first from order_state
                where batch_id = $1 and status in ('QUEUED', 'HANDLING', 'DELAYED', 'CANCELLED')
                """)
                .execute(Tuple.of(batch, CHUNK))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .map(row -> row.getInteger("first"));
    }

    /** Deletes a batch that was given up before it was visible, unless an order is still in it. */
    private Uni<Void> forget(UUID batch) {
        return pool.preparedQuery("""
                /* forget batch */
                with empty as (
                    select id from batch b where id = $1 and line_no is null and status = 'ABORTED'
                           and not exists (select from order_state s where s.batch_id = b.id)
                ), lanes as (
                    delete from batch_lane using empty where batch_id = empty.id
                )
                delete from batch using empty where batch.id = empty.id
                """).execute(Tuple.of(batch)).invoke(deleted -> {
            if (deleted.rowCount() > 0) {
                try (LogFields about = LogFields.batch(batch)) {
                    LOG.warnf("Batch %s was never finished; its orders are back where they were", batch);
                }
            }
        }).replaceWithVoid();
    }
}
