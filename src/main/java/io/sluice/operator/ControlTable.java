package io.sluice.operator;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Decision;
import io.sluice.order.OrderState;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.outbox.OutboxRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Retries and cancels in the database, each for an order whose row is locked. */
@ApplicationScoped
class ControlTable {
    private static final String EVENT = """
            insert into event_log (kind, order_id, channel, version, status, step, tracking_number, batch_id, position,
                                   actor, at)
            select 'order', c.order_id, o.channel, c.version, c.status, c.step, c.tracking_number, c.batch_id, c.position,
                   'api', c.updated_at
            from changed c join orders o on o.id = c.order_id
            """;

    private static final String REQUEUE = """
            update order_state
            set status = 'QUEUED', attempts = 0, version = version + 1, due_at = null, parked = $2,
                reason_code = null, reason_detail = null, queued_at = now(),
                updated_at = clock_timestamp()
            where order_id = any($1)
            returning *
            """;

    /** Locks the order until the transaction ends, and tells how it stands; null if there is none. */
    Uni<Locked> lock(SqlClient transaction, UUID id) {
        return transaction
                .preparedQuery(
                        """
                                select status, step, attempts, version, unknown, parked, batch_id, rank, tracking_number is not null,
                                       due_at is null and held_by is null, updated_at >= now()
                                from order_state where order_id = $1 for update
                                """)
                .execute(Tuple.of(id))
                .map(rows -> {
                    if (!rows.iterator().hasNext()) {
                        return null;
                    }
                    Row row = rows.iterator().next();
                    return new Locked(
                            new OrderState(id, OrderStatus.valueOf(row.getString(0)), Step.ofNullable(row.getString(1)),
                                    row.getInteger(2), row.getInteger(3), row.getBoolean(4)),
                            row.getBoolean(5), row.getUUID(6), row.getInteger(7), row.getBoolean(8), row.getBoolean(9),
                            row.getBoolean(10));
                });
    }

    /** The batch that the order is in. */
    Uni<Optional<UUID>> batchOf(SqlClient transaction, UUID id) {
        return transaction
                .preparedQuery("select batch_id from order_state where order_id = $1 and batch_id is not null")
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getUUID(0)));
    }

    /** Queues an order anew, with all attempts. */
    Uni<List<OutboxRow>> requeue(SqlClient transaction, UUID id) {
        return transaction.preparedQuery("""
                with changed as (
                    %s
                ), event as (
                    %s
                )
                insert into outbox (order_id, send_after)
                select order_id, now() + interval '10 seconds' from changed
                returning id, order_id
                """.formatted(REQUEUE, EVENT)).execute(Tuple.of(new UUID[]{id}, false)).map(rows -> {
            List<OutboxRow> messages = new ArrayList<>();
            for (Row row : rows) {
                messages.add(new OutboxRow(row.getLong(0), row.getUUID(1)));
            }
            return messages;
        });
    }

    /** Queues orders of a batch anew, with all attempts; somebody has to wake them. */
    Uni<Void> requeueParked(SqlClient transaction, Collection<UUID> orders) {
        return transaction.preparedQuery("with changed as (" + REQUEUE + ")" + EVENT)
                .execute(Tuple.of(orders.toArray(UUID[]::new), true))
                .replaceWithVoid();
    }

    /** Locks up to {@code limit} orders of the batch above a rank that had failed by then. @return their ids by rank */
    Uni<Map<UUID, Integer>> lockFailed(SqlClient transaction, UUID batch, OffsetDateTime by, int after, int limit) {
        return transaction.preparedQuery("""
                select order_id, rank from order_state
                where batch_id = $1 and rank > $4 and status = 'FAILED' and updated_at <= $2
                order by rank limit $3 for update skip locked
                """).execute(Tuple.of(batch, by, limit, after)).map(rows -> {
            Map<UUID, Integer> ranks = new LinkedHashMap<>();
            rows.forEach(row -> ranks.put(row.getUUID(0), row.getInteger(1)));
            return ranks;
        });
    }

    /** Writes what follows for an order that is cancelled while no step of it runs. */
    Uni<Void> cancel(SqlClient transaction, Locked order, Decision decision) {
        return transaction.preparedQuery("""
                with changed as (
                    update order_state
                    set status = $2, step = $3, attempts = 0, version = version + 1, unknown = $4, parked = false,
                        held_by = null, worker = null, due_at = now() + $5 * interval '1 millisecond',
                        reason_code = null, reason_detail = null, updated_at = clock_timestamp()
                    where order_id = $1
                    returning *
                ), doubt as (
                    update batch_item set doubt_step = $6 where batch_id = $7 and rank = $8 and $6::text is not null
                )
                """ + EVENT)
                .execute(Tuple.tuple()
                        .addUUID(order.state().id())
                        .addString(decision.status().name())
                        .addString(decision.step() == null ? null : decision.step().wireName())
                        .addBoolean(decision.unknown())
                        .addLong(decision.delay() == null ? null : decision.delay().toMillis())
                        .addString(order.inDoubt())
                        .addUUID(order.batchId())
                        .addInteger(order.rank()))
                .replaceWithVoid();
    }

    /** Has the worker that runs a step of the order cancel it when the step has ended. */
    Uni<Void> requestCancel(SqlClient transaction, UUID id) {
        return transaction.preparedQuery("update order_state set cancel_requested = true where order_id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /**
     * An order, as it stands while it is locked.
     *
     * @param shipped whether it has a shipment
     * @param idle    whether neither a worker nor the clock has anything to do with it
     * @param justChanged whether it has changed since the transaction began
     */
    record Locked(OrderState state, boolean parked, UUID batchId, Integer rank, boolean shipped, boolean idle,
            boolean justChanged) {

        boolean running() {
            return state.status() == OrderStatus.HANDLING && !parked;
        }

        /** The step that may have been carried out without anybody's knowing; or null. */
        String inDoubt() {
            return state.unknown() ? state.step().wireName() : null;
        }

        /** Whether what had to be undone could not be, so that asking for it again makes sense. */
        boolean gaveUpUndoing() {
            return state.step() == Step.VOID_SHIPMENT && idle;
        }
    }
}
