package io.sluice.handle;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Decision;
import io.sluice.order.OrderStatus;
import io.sluice.order.Reason;
import io.sluice.store.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Writes attempts: the order's next state and the event that tells of the attempt, in one statement for a whole group.
 * A result whose lease is no longer the newest finds no row to change, and so writes nothing.
 */
@ApplicationScoped
class RecordTable {
    private static final String RECORD = """
            with input as (
                select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::int[], $6::bigint[],
                                     $7::text[], $8::text[], $9::int[], $10::text[], $11::text[], $12::text[],
                                     $13::int[], $14::text[], $15::timestamptz[], $16::timestamptz[], $17::int[],
                                     $18::text[], $19::bool[], $20::bool[], $21::bool[])
                  as t(order_id, lease, status, step, attempts, wait_ms, reason_code, reason_detail, http_status,
                       tracking_number, carrier, done_step, attempt, outcome, started_at, finished_at, version,
                       held_by, unknown, cancel, stuck)
            ), written as (
                update order_state s
                set status = i.status, step = i.step, attempts = i.attempts, version = s.version + 1,
                    due_at = now() + i.wait_ms * interval '1 millisecond', held_by = i.held_by, unknown = i.unknown,
                    worker = case i.status when 'HANDLING' then s.worker end, admitted = false,
                    cancel_requested = false,
                    delayed_since = case when i.status = 'DELAYED'
                                         then coalesce(s.delayed_since, clock_timestamp()) end,
                    reason_code = case when i.stuck then i.reason_code end,
                    reason_detail = case when i.stuck then i.reason_detail end,
                    tracking_number = coalesce(i.tracking_number, s.tracking_number),
                    carrier = coalesce(i.carrier, s.carrier), updated_at = clock_timestamp()
                from input i
                where s.order_id = i.order_id and s.lease = i.lease and s.version = i.version
                  and s.status in ('HANDLING', 'CANCELLED') and not s.parked and s.cancel_requested = i.cancel
                returning s.*
            ), event as (
                insert into event_log (kind, order_id, channel, version, status, step, attempt, outcome, reason_code,
                                       reason_detail, http_status, tracking_number, batch_id, position, actor,
                                       started_at, at)
                select 'order', w.order_id, o.channel, w.version, w.status, i.done_step, i.attempt, i.outcome,
                       i.reason_code, i.reason_detail, i.http_status, w.tracking_number, w.batch_id, w.position,
                       $22, i.started_at, i.finished_at
                from written w join input i using (order_id) join orders o on o.id = w.order_id
            )
            select order_id, version, false as parked, true as written from written
            union all
            -- Written by an earlier try whose answer was lost: the statement sees the rows as they were before it.
            select s.order_id, s.version, s.parked, true from order_state s join input i using (order_id)
            where s.lease = i.lease and s.version = i.version + 1 and s.status = i.status
              and s.step is not distinct from i.step and (s.status <> 'HANDLING' or s.parked or s.due_at > clock_timestamp())
            union all
            -- Not written: the order is to be cancelled, and what follows is not what this worker thought.
            select s.order_id, s.version, s.parked, false from order_state s join input i using (order_id)
            where s.lease = i.lease and s.version = i.version and s.cancel_requested and not i.cancel
            """;

    private final HandlingConfig config;
    private final WorkerName worker;

    RecordTable(HandlingConfig config, WorkerName worker) {
        this.config = config;
        this.worker = worker;
    }

    /** Of each record, in the same sequence, whether it was written. */
    Uni<List<Recorded>> write(SqlClient client, List<StepRecord> records) {
        return client.preparedQuery(RECORD).execute(parameters(records)).map(rows -> {
            Map<UUID, Recorded> written = new HashMap<>();
            for (Row row : rows) {
                written.put(row.getUUID(0), row.getBoolean(3)
                        ? Recorded.written(row.getInteger(1), row.getBoolean(2))
                        : Recorded.TO_BE_CANCELLED);
            }
            List<Recorded> results = new ArrayList<>(records.size());
            for (StepRecord record : records) {
                results.add(written.getOrDefault(record.orderId(), Recorded.REFUSED));
            }
            return results;
        });
    }

    private Tuple parameters(List<StepRecord> records) {
        return new Columns<>(records)
                .add(UUID.class, StepRecord::orderId)
                .add(Integer.class, r -> r.claim().lease())
                .add(String.class, r -> r.decision().status().name())
                .add(String.class, r -> r.decision().step() == null ? null : r.decision().step().wireName())
                .add(Integer.class, r -> r.decision().attempts())
                .add(Long.class, r -> waitMs(r.decision()))
                .add(String.class, r -> reason(r) == null ? null : reason(r).code())
                .add(String.class, r -> reason(r) == null ? null : reason(r).detail())
                .add(Integer.class, r -> reason(r) == null ? null : reason(r).httpStatus())
                .add(String.class,
                        r -> r.decision().shipment() == null ? null : r.decision().shipment().trackingNumber())
                .add(String.class, r -> r.decision().shipment() == null ? null : r.decision().shipment().carrier())
                .add(String.class, r -> r.step().wireName())
                .add(Integer.class, r -> r.claim().state().attempts() + 1)
                .add(String.class, r -> r.decision().outcome() == null ? null : r.decision().outcome().name())
                .add(OffsetDateTime.class, r -> utc(r.startedAt()))
                .add(OffsetDateTime.class, r -> utc(r.finishedAt()))
                .add(Integer.class, r -> r.claim().state().version())
                .add(String.class, r -> r.decision().heldBy() == null ? null : r.decision().heldBy().name())
                .add(Boolean.class, r -> r.decision().unknown())
                .add(Boolean.class, StepRecord::cancel)
                .add(Boolean.class, StepRecord::stuck)
                .tuple()
                .addString(worker.toString());
    }

    /** When a worker may take the order: at the end of its wait, or of the lease; never, once it rests or is held. */
    private Long waitMs(Decision decision) {
        if (decision.status() == OrderStatus.HANDLING) {
            return config.lease().toMillis();
        }
        return decision.delay() == null ? null : Long.valueOf(decision.delay().toMillis());
    }

    private static Reason reason(StepRecord record) {
        return record.decision().reason();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
