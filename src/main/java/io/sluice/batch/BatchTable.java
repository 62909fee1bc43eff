package io.sluice.batch;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.outbox.OutboxRow;
import io.sluice.store.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Batches in the database. */
@ApplicationScoped
class BatchTable {
    private static final String[] AWAITING_PERSON = Arrays.stream(OrderStatus.values())
            .filter(OrderStatus::awaitsPerson)
            .map(OrderStatus::name)
            .toArray(String[]::new);

    private final Pool pool;
    private final ObjectMapper json;

    BatchTable(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /**
     * Tells how each of these orders stands, and locks those that can be handled. Only those: a worker that records its
     * steps in another sequence could otherwise block and be blocked.
     */
    Uni<Map<UUID, Candidate>> lock(SqlClient transaction, Collection<UUID> orders) {
        Tuple ids = Tuple.of(orders.toArray(UUID[]::new));
        return transaction.preparedQuery("""
                select order_id, status, step from order_state
                where order_id = any($1) and status = any($2) order by order_id for update
                """)
                .execute(Tuple.of(orders.toArray(UUID[]::new), AWAITING_PERSON))
                .chain(locked -> transaction
                        .preparedQuery("select order_id, status, step from order_state where order_id = any($1)")
                        .execute(ids)
                        .map(rows -> {
                            Map<UUID, Candidate> found = new HashMap<>();
                            rows.forEach(row -> found.put(row.getUUID(0), Candidate.of(row, false)));
                            locked.forEach(row -> found.put(row.getUUID(0), Candidate.of(row, true)));
                            return found;
                        }));
    }

    Uni<Void> insert(SqlClient transaction, NewBatch batch) {
        Tuple head = Tuple.tuple(List.of(batch.id(), batch.printOrder(), batch.onFailure(), batch.items().size(),
                toJson(batch.rejected()), utc(batch.createdAt())));
        Tuple items = new Columns<>(batch.items())
                .add(Integer.class, NewBatch.Item::position)
                .add(UUID.class, NewBatch.Item::orderId)
                .add(Integer.class, NewBatch.Item::gatesPassed)
                .tuple()
                .addUUID(batch.id());
        Tuple gates = new Columns<>(batch.gates())
                .add(Integer.class, NewBatch.Gate::gate)
                .add(Integer.class, NewBatch.Gate::nextPosition)
                .add(String.class, NewBatch.Gate::step)
                .tuple()
                .addUUID(batch.id());
        return transaction
                .preparedQuery("insert into batch (id, print_order, on_failure, total, rejected, created_at)"
                        + " values ($1, $2, $3, $4, $5, $6)")
                .execute(head)
                .chain(() -> transaction
                        .preparedQuery("insert into batch_item (batch_id, position, rank, order_id, gates_passed)"
                                + " select $4, t.position, t.position, t.order_id, t.gates_passed"
                                + " from unnest($1::int[], $2::uuid[], $3::int[]) t(position, order_id, gates_passed)")
                        .execute(items))
                .chain(() -> transaction
                        .preparedQuery("insert into batch_gate (batch_id, gate, next_rank, open, step)"
                                + " select $4, t.gate, t.next_rank, t.next_rank < 2147483647, t.step"
                                + " from unnest($1::int[], $2::int[], $3::text[]) t(gate, next_rank, step)")
                        .execute(gates))
                .replaceWithVoid();
    }

    /** Queues the orders of a batch; messages are written for those that need not wait at a gate first. */
    Uni<List<OutboxRow>> queue(SqlClient transaction, NewBatch batch) {
        Tuple parameters = new Columns<>(batch.items())
                .add(UUID.class, NewBatch.Item::orderId)
                .add(Integer.class, NewBatch.Item::position)
                .add(Boolean.class, NewBatch.Item::parked)
                .tuple()
                .addUUID(batch.id());
        return transaction
                .preparedQuery(
                        """
                                with input as (
                                    select * from unnest($1::uuid[], $2::int[], $3::bool[]) as t(order_id, position, parked)
                                ), queued as (
                                    update order_state s
                                    set status = 'QUEUED', attempts = 0, version = s.version + 1, due_at = null, parked = i.parked,
                                        reason_code = null, reason_detail = null, batch_id = $4, position = i.position, rank = i.position,
                                        queued_at = clock_timestamp(), updated_at = clock_timestamp()
                                    from input i where s.order_id = i.order_id
                                    returning s.*
                                ), event as (
                                    insert into event_log (kind, order_id, channel, version, status, step, tracking_number, batch_id,
                                                           position, at)
                                    select 'order', q.order_id, o.channel, q.version, q.status, q.step, q.tracking_number, q.batch_id,
                                           q.position, q.updated_at
                                    from queued q join orders o on o.id = q.order_id
                                    order by q.position
                                )
                                insert into outbox (order_id, send_after)
                                select order_id, now() + interval '10 seconds' from queued where not parked order by position
                                returning id, order_id
                                """)
                .execute(parameters)
                .map(rows -> {
                    List<OutboxRow> messages = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        messages.add(new OutboxRow(row.getLong(0), row.getUUID(1)));
                    }
                    return messages;
                });
    }

    /** The batch of that id with its counts, or null. */
    Uni<BatchView> find(UUID id) {
        return pool.preparedQuery("""
                select b.print_order, b.on_failure, b.total, b.rejected, b.created_at, max(s.updated_at),
                       count(*) filter (where s.status = 'QUEUED' or s.status = 'RECEIVED'),
                       count(*) filter (where s.status = 'HANDLING'), count(*) filter (where s.status = 'DELAYED'),
                       count(*) filter (where s.status = 'HANDLED'), count(*) filter (where s.status = 'FAILED'),
                       count(*) filter (where s.status = 'CANCELLED')
                from batch b left join batch_item i on i.batch_id = b.id left join order_state s using (order_id)
                where b.id = $1 group by b.id
                """).execute(Tuple.of(id)).map(rows -> {
            if (!rows.iterator().hasNext()) {
                return null;
            }
            Row row = rows.iterator().next();
            BatchCounts counts = new BatchCounts(row.getInteger(2), row.getInteger(6), row.getInteger(7),
                    row.getInteger(8), row.getInteger(9), row.getInteger(10), row.getInteger(11));
            boolean settled = counts.settled() == counts.total();
            OffsetDateTime lastChange = row.getOffsetDateTime(5);
            return new BatchView(id, settled ? "COMPLETED" : "RUNNING", row.getString(0), row.getString(1),
                    row.getOffsetDateTime(4).toInstant(),
                    settled && lastChange != null ? lastChange.toInstant() : null, counts,
                    fromJson(row.getString(3)));
        });
    }

    private String toJson(List<Rejected> rejected) {
        try {
            return json.writeValueAsString(rejected);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Rejected> fromJson(String rejected) {
        try {
            return json.readValue(rejected, new TypeReference<>() {});
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The rejected orders of a batch cannot be read", broken);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * An order that somebody would put into a batch.
     *
     * @param free whether it can be handled, and is locked so that nobody else can have it meanwhile
     */
    record Candidate(UUID id, OrderStatus status, Step step, boolean free) {
        static Candidate of(Row row, boolean free) {
            return new Candidate(row.getUUID(0), OrderStatus.valueOf(row.getString(1)),
                    Step.ofNullable(row.getString(2)), free);
        }
    }
}
