package io.sluice.handle;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.handle.Written.Kind;
import io.sluice.lane.Lane;
import io.sluice.order.Outcome;
import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.Shipment;
import io.sluice.order.Step;
import io.sluice.store.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Writes attempts: the order's next state and, in the same statement, the cursor of its lane. A trigger adds the event.
 * A result whose lease is not the newest any more finds no row to change, and writes nothing; so does a result from a
 * lane that another worker has taken over.
 */
@ApplicationScoped
class AttemptTable {
    private static final String WRITE = """
            /* write attempts */
            with input as (
                select t.*, case t.status when 'DELAYED' then s.lane
                                          when 'HANDLING' then lane_of(s.batch_id, t.step, s.printer) end as lane
                from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::text[], $6::int[], $7::bigint[],
                            $8::text[], $9::text[], $10::int[], $11::text[], $12::text[], $13::text[], $14::text[],
                            $15::int[], $16::text[], $17::timestamptz[], $18::timestamptz[], $19::text[], $20::bool[],
                            $21::timestamptz[], $22::bool[], $23::bool[], $24::bool[], $25::text[])
                    as t(order_id, lease, version, status, step, attempts, wait_ms, reason_code, reason_detail,
                         http_status, tracking_number, carrier, shipped_by, done_step, attempt, outcome, started_at,
                         finished_at, held_by, outcome_unknown, failed_at, cancel, uncertain, keep, retry_of)
                join order_state s on s.order_id = t.order_id
            ), held_lane as (
                update lane set lease_until = now() + $26 * interval '1 millisecond'
                where name = $27 and fence = $28 and holder is not null returning name, step, printer
            ), written as (
                update order_state s
                set status = i.status, step = i.step, attempts = i.attempts, version = s.version + 1, lane = i.lane,
                    worker = case when i.status = 'HANDLING' and i.keep and i.lane is null then s.worker end,
                    due_at = case when i.status <> 'HANDLING' or i.lane is null
                                  then now() + i.wait_ms * interval '1 millisecond' end,
                    held_by = i.held_by, outcome_unknown = i.outcome_unknown,
                    -- While its partner holds it in a lane, no patience runs; it begins anew with a delay of the
                    -- order's own.
                    delayed_since = case when s.lane is null or i.held_by is null
                                         then coalesce(s.delayed_since, i.finished_at) end,
                    failing_since = coalesce(s.failing_since, i.failed_at), retry_of = i.retry_of,
                    reason_code = i.reason_code, reason_detail = i.reason_detail,
                    tracking_number = coalesce(i.tracking_number, s.tracking_number),
                    carrier = coalesce(i.carrier, s.carrier), shipped_by = coalesce(i.shipped_by, s.shipped_by),
                    actor = $29, last_step = i.done_step, last_attempt = i.attempt, last_outcome = i.outcome,
                    last_http_status = i.http_status, last_started_at = i.started_at, last_finished_at = i.finished_at
                from input i
                where s.order_id = i.order_id and s.lease = i.lease and s.version = i.version and s.worker is not null
                  and (s.cancel_requested_by is not null) = i.cancel
                  and (s.lane is null or s.lane = (select name from held_lane))
                returning s.*
            ), passed as (
                update batch_item b set lanes_passed = c.lane_no + 1
                from written w join input i using (order_id), held_lane l join batch_lane c on c.lane = l.name
                where i.outcome = 'SUCCEEDED' and i.done_step = l.step
                  and c.batch_id = w.batch_id and b.batch_id = w.batch_id and b.rank = w.rank
                returning b.batch_id, b.rank
            ), cursor_moved as (
                update batch_lane c
                set last_rank = greatest(c.last_rank, p.rank),
                    next_rank = case when c.next_rank <= p.rank then (
                        select n.rank from batch_item n
                        where n.batch_id = p.batch_id and n.rank > p.rank and n.lanes_passed <= c.lane_no
                          and n.left_status is null and (l.printer is null or n.printer = l.printer)
                        order by n.rank limit 1) else c.next_rank end
                from passed p, held_lane l where c.batch_id = p.batch_id and c.lane = l.name
            ), uncertain as (
                update batch_item b set uncertain_step = i.done_step
                from written w join input i using (order_id)
                where i.uncertain and b.batch_id = w.batch_id and b.rank = w.rank
            )
            select order_id, version, lane is not null as in_lane, true as written from written
            union all
            -- Written by an earlier try whose answer was lost: the statement sees the rows as they were before it.
            select s.order_id, s.version, s.lane is not null, true from order_state s join input i using (order_id)
            where s.lease = i.lease and s.version = i.version + 1 and s.last_finished_at = i.finished_at
            union all
            select s.order_id, s.version, false, false from order_state s join input i using (order_id)
            where s.lease = i.lease and s.version = i.version and s.cancel_requested_by is not null and not i.cancel
            """;

    private final Pool pool;
    private final HandlingConfig config;
    private final WorkerName worker;

    AttemptTable(Pool pool, HandlingConfig config, WorkerName worker) {
        this.pool = pool;
        this.config = config;
        this.worker = worker;
    }

    /** Writes attempts outside of lanes; what came of each, in the same sequence. */
    Uni<List<Written>> write(List<Attempt> attempts) {
        return write(attempts, null);
    }

    /** Writes an attempt of a lane's holder, and moves the cursor if the step succeeded. */
    Uni<Written> writeInLane(Attempt attempt) {
        return write(List.of(attempt), attempt.claim().lane()).map(results -> results.get(0));
    }

    private Uni<List<Written>> write(List<Attempt> attempts, Lane lane) {
        return pool.preparedQuery(WRITE).execute(parameters(attempts, lane)).map(rows -> {
            Map<UUID, Row> answers = new HashMap<>();
            rows.forEach(row -> answers.put(row.getUUID(0), row));
            return attempts.stream().map(attempt -> written(attempt, answers.get(attempt.orderId()))).toList();
        });
    }

    private static Written written(Attempt attempt, Row row) {
        if (row == null) {
            return new Written(attempt, Kind.REFUSED, 0);
        }
        if (!row.getBoolean("written")) {
            return new Written(attempt, Kind.CANCEL_REQUESTED, 0);
        }
        return new Written(attempt, row.getBoolean("in_lane") ? Kind.IN_LANE : Kind.WRITTEN, row.getInteger("version"));
    }

    private Tuple parameters(List<Attempt> attempts, Lane lane) {
        return new Columns<>(attempts)
                .add(UUID.class, Attempt::orderId)
                .add(Integer.class, a -> a.claim().lease())
                .add(Integer.class, a -> a.claim().state().version())
                .add(String.class, a -> a.decision().status().name())
                .add(String.class, a -> get(a.decision().step(), Step::wireName))
                .add(Integer.class, a -> a.decision().attempts())
                .add(Long.class, this::waitMs)
                .add(String.class, a -> get(a.decision().reason(), Reason::code))
                .add(String.class, a -> get(a.decision().reason(), Reason::detail))
                .add(Integer.class, a -> get(a.decision().reason(), Reason::httpStatus))
                .add(String.class, a -> get(a.decision().shipment(), Shipment::trackingNumber))
                .add(String.class, a -> get(a.decision().shipment(), Shipment::carrier))
                .add(String.class, AttemptTable::shippedBy)
                .add(String.class, a -> a.claim().step().wireName())
                .add(Integer.class, a -> a.claim().state().attempts() + 1)
                .add(String.class, a -> get(a.decision().outcome(), Outcome::name))
                .add(OffsetDateTime.class, a -> utc(a.called().startedAt()))
                .add(OffsetDateTime.class, a -> utc(a.finishedAt()))
                .add(String.class, a -> get(a.decision().heldBy(), Partner::name))
                .add(Boolean.class, a -> a.decision().outcomeUnknown())
                .add(OffsetDateTime.class, a -> get(a.called().judged().failedAt(), AttemptTable::utc))
                .add(Boolean.class, Attempt::cancel)
                .add(Boolean.class, Attempt::uncertain)
                .add(Boolean.class, Attempt::keep)
                .add(String.class, Attempt::retryOf)
                .tuple()
                .addLong(config.lease().toMillis())
                .addString(get(lane, Lane::name))
                .addLong(get(lane, Lane::fence))
                .addString(worker.toString());
    }

    private static <T, V> V get(T from, Function<T, V> member) {
        return from == null ? null : member.apply(from);
    }

    /** When a worker may take the order: at the end of its wait, or of the lease; never while it rests or is held. */
    private Long waitMs(Attempt attempt) {
        if (attempt.goesOn()) {
            return attempt.keep() ? config.lease().toMillis() : 0L;
        }
        return get(attempt.decision().delay(), Duration::toMillis);
    }

    /** Also of a shipment that may exist: the same carrier is asked for it, whatever the configuration says by then. */
    private static String shippedBy(Attempt attempt) {
        boolean mayExist = attempt.claim().step() == Step.CREATE_SHIPMENT && attempt.decision().outcomeUnknown();
        return attempt.decision().shipment() != null || mayExist ? attempt.claim().call().partner().name() : null;
    }

    /** PostgreSQL keeps microseconds; what is written must be found again. */
    private static OffsetDateTime utc(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
