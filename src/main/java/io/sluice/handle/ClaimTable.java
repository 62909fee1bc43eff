package io.sluice.handle;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.lane.Lane;
import io.sluice.order.OrderState;
import io.sluice.order.OrderStatus;
import io.sluice.order.Partner;
import io.sluice.order.QueueLines;
import io.sluice.order.Shipment;
import io.sluice.order.Step;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.StepCall;
import io.sluice.store.Columns;
import io.sluice.store.DatabaseClock;
import io.sluice.store.OrderContent;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Claims orders. One conditional update decides which worker has an order, by the database's clock, whatever messages
 * say and however often they come.
 */
@ApplicationScoped
class ClaimTable {
    /**
     * Of the orders $2: those that wait for any worker, one that is held by the partner $4, or one that stands in the
     * lane $5.
     *
     * <p>Rows that another worker is claiming are skipped: waiting for them could only end in finding them gone. An
     * order that a worker still had is taken over: the history says that the outcome of its step is not known. A
     * cancelled order stays cancelled: its shipment is left to be undone.
     *
     * <p>What has changed since the statement began is left out: its event must not come after one with a younger
     * transaction id. A new order has the time of the process that accepted it, whose clock may be wrong.
     */
    private static final String CLAIM = """
            /* claim */
            with held_lane as (
                update lane set lease_until = now() + $3 * interval '1 millisecond'
                where name = $5 and fence = $6 and holder is not null returning name, step, printer
            ), free as (
                select s.order_id, s.worker as lost, s.updated_at as since, s.worker is not null as taken_over
                from order_state s
                where s.order_id = any($2)
                  and (s.lane is null and s.held_by is null and $4::text is null
                           and (s.status = 'QUEUED' and not s.parked
                                or s.due_at <= now() and (s.status <> 'CANCELLED' or s.step = 'void-shipment'))
                       or s.lane is null and s.held_by = $4
                       or s.lane = (select name from held_lane) and s.worker is null)
                  and (s.version = 1 or s.updated_at < now())
                order by s.order_id for update skip locked
            ), claimed as (
                update order_state s
                set status = case s.status when 'CANCELLED' then s.status else 'HANDLING' end,
                    lease = s.lease + 1, worker = $1, due_at = now() + $3 * interval '1 millisecond', held_by = null,
                    outcome_unknown = s.outcome_unknown or free.taken_over, version = s.version + 1,
                    actor = case when free.taken_over then free.lost else $1 end,
                    last_step = case when free.taken_over then s.step end,
                    last_attempt = case when free.taken_over then s.attempts + 1 end,
                    last_outcome = case when free.taken_over then 'UNKNOWN' end,
                    last_started_at = case when free.taken_over then free.since end,
                    last_finished_at = case when free.taken_over then clock_timestamp() else s.last_finished_at end,
                    reason_code = case when free.taken_over then 'worker-lost' end,
                    reason_detail = case when free.taken_over then
                        'The worker stopped or was lost during this step; whether its call went out is not known.' end
                from free where s.order_id = free.order_id
                returning s.*
            ), sequence as (
                select c.order_id, i.rank, i.out_of_sequence,
                       -- What was sent, was sent with the mark that it had then.
                       case when $7 then i.out_of_sequence
                       else i.out_of_sequence and i.lanes_passed > 0 or coalesce(l.last_rank > i.rank, false)
                       or exists (select from order_state u where u.lane = h.name and u.batch_id = i.batch_id
                                  and u.rank > i.rank and (u.outcome_unknown or u.worker is not null))
                       or exists (select from batch_item u where u.batch_id = i.batch_id and u.uncertain_step = h.step
                                  and u.rank > i.rank and (h.printer is null or u.printer = h.printer)) end as late
                from claimed c join held_lane h on h.name = c.lane
                     join batch_lane l on l.batch_id = c.batch_id and l.lane = h.name
                     join batch_item i on i.batch_id = c.batch_id and i.rank = c.rank
            ), marked as (
                update batch_item i set out_of_sequence = q.late
                from sequence q join claimed c using (order_id)
                where i.batch_id = c.batch_id and i.rank = c.rank and i.out_of_sequence <> q.late
            )
            select c.order_id, c.status, c.step, c.attempts, c.version, c.lease, c.outcome_unknown,
                   c.cancel_requested_by is not null as cancel_requested,
                   c.tracking_number, c.carrier, c.shipped_by, c.batch_id, c.position, c.rank, c.printer,
                   c.failing_since, c.retry_of, o.request_id, o.traceparent, b.traceparent as batch_traceparent,
                   c.updated_at, b.total as batch_total, coalesce(q.late, i.out_of_sequence, false) as out_of_sequence,
                   o.channel, o.external_id, o.placed_at, o.country, o.currency, o.total, o.content,
                   may_be_undone(o.received_at) as may_be_undone
            from claimed c cross join lateral order_as_it_is_now(c.order_id) o left join batch b on b.id = c.batch_id
                 left join batch_item i on i.batch_id = c.batch_id and i.rank = c.rank
                 left join sequence q on q.order_id = c.order_id
            """;

    private final Pool pool;
    private final HandlingConfig config;
    private final WorkerName worker;
    private final PartnerDirectory directory;

    ClaimTable(Pool pool, HandlingConfig config, WorkerName worker, PartnerDirectory directory) {
        this.pool = pool;
        this.config = config;
        this.worker = worker;
        this.directory = directory;
    }

    /** Claims those of the orders that wait for a worker. */
    Uni<List<Claim>> claim(Collection<UUID> orders) {
        return claim(orders.toArray(UUID[]::new), null, null, false);
    }

    /** Claims an order that is held by a partner, to probe the partner with it; null if it is not held any more. */
    Uni<Claim> claimHeld(UUID order, Partner partner) {
        return claim(new UUID[]{order}, partner.name(), null, false)
                .map(claims -> claims.isEmpty() ? null : claims.get(0));
    }

    /**
     * Claims an order that stands in a lane; null if it does not any more, or another worker holds the lane.
     *
     * @param toAsk whether its step is not to be carried out now: the partner is asked what an earlier call did
     */
    Uni<Claim> claimInLane(UUID order, Lane lane, boolean toAsk) {
        return claim(new UUID[]{order}, null, lane, toAsk).map(claims -> claims.isEmpty() ? null : claims.get(0));
    }

    private Uni<List<Claim>> claim(UUID[] orders, String heldBy, Lane lane, boolean toAsk) {
        return Uni.createFrom().deferred(() -> {
            long leaseEnds = System.nanoTime() + config.lease().toNanos();
            return pool.preparedQuery(CLAIM)
                    .execute(Tuple.from(Arrays.asList(worker.toString(), orders, config.lease().toMillis(), heldBy,
                            lane == null ? null : lane.name(), lane == null ? null : lane.fence(), toAsk)))
                    .map(rows -> Rows.all(rows, row -> claim(row, lane, leaseEnds)));
        });
    }

    private Claim claim(Row row, Lane lane, long leaseEnds) {
        Step step = Step.of(row.getString("step"));
        UUID id = row.getUUID("order_id");
        int attempts = row.getInteger("attempts");
        boolean outcomeUnknown = row.getBoolean("outcome_unknown");
        String channel = row.getString("channel");
        String printer = row.getString("printer");
        String trackingNumber = row.getString("tracking_number");
        StepCall call = new StepCall(step,
                directory.partner(step, channel, row.getString("country"), printer, row.getString("shipped_by")),
                id, channel, row.getString("external_id"), Rows.instant(row, "placed_at"),
                row.getString("currency"), row.getBigDecimal("total").toPlainString(),
                OrderContent.parse(row.getString("content")), row.getUUID("batch_id"), row.getInteger("position"),
                row.getInteger("batch_total"), row.getBoolean("out_of_sequence"), printer,
                trackingNumber == null ? null : new Shipment(trackingNumber, row.getString("carrier")),
                attempts + 1, outcomeUnknown, row.getBoolean("may_be_undone"), Rows.instant(row, "failing_since"),
                leaseEnds, null);
        return new Claim(
                new OrderState(id, OrderStatus.valueOf(row.getString("status")), step, attempts,
                        row.getInteger("version"), outcomeUnknown),
                row.getInteger("lease"), call, row.getInteger("rank"), lane, row.getBoolean("cancel_requested"),
                trail(row, attempts > 0 || outcomeUnknown),
                DatabaseClock.setTo(Rows.instant(row, "updated_at")));
    }

    private static Trail trail(Row row, boolean again) {
        String retryOf = row.getString("retry_of");
        return new Trail(row.getString("request_id"), row.getString("traceparent"), retryOf,
                row.getString("batch_traceparent"), again || retryOf != null);
    }

    /**
     * Gives orders up, for any worker to take at once. A result of this worker that comes after that is refused.
     *
     * @param midStep whether a call of their step may have gone out; the worker that takes them over then asks the
     *                partner
     */
    Uni<Void> giveBack(Collection<Claim> orders, boolean midStep) {
        return pool.preparedQuery("""
                /* give back */
                update order_state s set due_at = now(), lease = s.lease + 1, worker = case when $3 then s.worker end
                from unnest($1::uuid[], $2::int[]) as i(order_id, lease)
                where s.order_id = i.order_id and s.lease = i.lease and s.worker is not null and s.lane is null
                """)
                .execute(new Columns<>(List.copyOf(orders)).add(UUID.class, claim -> claim.state().id())
                        .add(Integer.class, Claim::lease)
                        .tuple()
                        .addBoolean(midStep))
                .replaceWithVoid();
    }

    /**
     * Puts an order back into its lane; its step was not begun, or the partner said that it has not done it.
     *
     * @param outcomeUnknown whether it is still not known what an earlier call of the step did
     */
    Uni<Void> backToLane(Claim claim, boolean outcomeUnknown) {
        return pool.preparedQuery("""
                /* back to lane */
                update order_state s
                set worker = null, lease = s.lease + 1, outcome_unknown = $4,
                    lane = case when s.cancel_requested_by is null then s.lane end,
                    due_at = case when s.cancel_requested_by is not null then now() end
                from lane l
                where s.order_id = $1 and s.lease = $2 and s.worker is not null and s.lane = l.name and l.fence = $3
                """)
                .execute(Tuple.of(claim.state().id(), claim.lease(), claim.lane().fence(), outcomeUnknown))
                .replaceWithVoid();
    }

    /** Orders whose lease has run out, or whose wait is over; the longest due first. */
    Uni<List<UUID>> overdue(int limit) {
        return pool.preparedQuery("""
                /* overdue */
                select order_id from order_state
                where due_at <= now() and lane is null order by due_at, queued_at, rank limit $1
                """).execute(Tuple.of(limit)).map(rows -> Rows.all(rows, row -> row.getUUID(0)));
    }

    /**
     * Queued orders whose turn it is: from each line (see the view {@code queue_line}) its share, the oldest first.
     *
     * @param queuedFor only those that have been queued for longer than this; null for all
     */
    Uni<List<UUID>> inTurn(int limit, Duration queuedFor) {
        return pool.preparedQuery("""
                /* in turn */
                select w.order_id
                from queue_line l cross join lateral (
                    select order_id, queued_at, row_number() over (order by queued_at, rank, order_id) - 1 as ahead
                    from (select order_id, queued_at, rank from order_state
                          where status = 'QUEUED' and not parked and lane is null
                            and expedited = l.expedited and channel = l.channel
                            and ($2::bigint is null or queued_at < now() - $2 * interval '1 millisecond')
                          order by queued_at, rank, order_id limit $1) first) w
                order by w.ahead / case when l.expedited then $3 else 1 end, w.queued_at limit $1
                """)
                .execute(Tuple.of(limit, queuedFor == null ? null : queuedFor.toMillis(), QueueLines.EXPEDITED_SHARE))
                .map(rows -> Rows.all(rows, row -> row.getUUID(0)));
    }
}
