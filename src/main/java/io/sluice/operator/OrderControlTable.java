package io.sluice.operator;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.Requester;
import io.sluice.order.Correction;
import io.sluice.order.Decision;
import io.sluice.order.OrderState;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.outbox.OutboxRow;
import io.sluice.store.OrderContent;
import io.sluice.store.OrderView;
import io.sluice.store.Rows;
import io.sluice.store.SearchText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Retries and cancels in the database, for orders whose rows are locked. */
@ApplicationScoped
class OrderControlTable {

    private static final String ORDER = """
            /* lock order */
            select status, step, attempts, version, outcome_unknown, worker is not null as running,
                   status = 'HANDLING' and lane is null as on_its_way, batch_id, tracking_number is not null as shipped,
                   (select may_be_undone(received_at) from orders where id = order_id) as may_be_undone,
                   due_at is null and held_by is null as idle, updated_at >= now() as just_changed
            from order_state where order_id = $1""";

    /** Locks the order until the transaction ends, and tells how it stands; null if there is none. */
    Uni<LockedOrder> lock(SqlClient transaction, UUID id) {
        return lock(transaction, ORDER + " for update", id);
    }

    /** Like {@link #lock}, but null, too, if it is not FAILED or if another transaction has locked it. */
    Uni<LockedOrder> lockFailed(SqlClient transaction, UUID id) {
        return lock(transaction, ORDER + " and status = 'FAILED' for update skip locked", id);
    }

    private static Uni<LockedOrder> lock(SqlClient transaction, String statement, UUID id) {
        return transaction.preparedQuery(statement)
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 0 ? null : locked(id, rows.iterator().next()));
    }

    /** The status of the order; null if there is none. */
    Uni<OrderStatus> status(SqlClient client, UUID id) {
        return client.preparedQuery("select status from order_state where order_id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 0
                        ? null
                        : OrderStatus.valueOf(rows.iterator().next().getString(0)));
    }

    private static LockedOrder locked(UUID id, Row row) {
        return new LockedOrder(
                new OrderState(id, OrderStatus.valueOf(row.getString("status")), Step.ofNullable(row.getString("step")),
                        row.getInteger("attempts"), row.getInteger("version"), row.getBoolean("outcome_unknown")),
                row.getBoolean("running") || row.getBoolean("on_its_way"), row.getUUID("batch_id"),
                row.getBoolean("shipped"), row.getBoolean("may_be_undone"), row.getBoolean("idle"),
                row.getBoolean("just_changed"));
    }

    /** The content of an order, and what stands beside it. */
    Uni<StoredContent> content(SqlClient transaction, UUID id) {
        return transaction.preparedQuery("select external_id, customer_name, content from orders where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> Rows.one(rows, row -> new StoredContent(row.getString(0), row.getString(1),
                        OrderContent.parse(row.getString(2)))).orElseThrow());
    }

    /** @param customerName is in a column of its own, for the table of orders */
    record StoredContent(String externalId, String customerName, OrderContent content) {

        Correction correctable() {
            return content.correctable(customerName);
        }

        private String search(UUID id, Correction correction) {
            return SearchText.of(id, externalId, correction.customer(), correction.shipTo(),
                    content.lines().stream().map(OrderView.LineView::sku).toList());
        }
    }

    /**
     * Replaces the content, and what is made of it; an event tells that the order has changed. The queue of the search
     * comes first: an order that is being indexed is in the index by the time that the second statement begins.
     */
    Uni<Void> correct(SqlClient transaction, UUID id, StoredContent stored, Correction correction, String actor) {
        String search = stored.search(id, correction);
        return transaction.preparedQuery("update search_queue set text = $2, country = $3 where order_id = $1")
                .execute(Tuple.of(id, search, correction.shipTo().country()))
                .chain(() -> transaction
                        .preparedQuery("update order_search set text = $2, country = $3"
                                + " where order_id = $1 and (text, country) <> ($2, $3)")
                        .execute(Tuple.of(id, search, correction.shipTo().country())))
                .chain(() -> transaction.preparedQuery("""
                        /* correct order */
                        with corrected as (
                            update orders set customer_name = $2, country = $3, content = $4 where id = $1
                        )
                        update order_state set version = version + 1, actor = $5 where order_id = $1
                        """)
                        .execute(Tuple.of(id, correction.customer().name(), correction.shipTo().country(),
                                stored.content().corrected(correction).toJson(), actor)))
                .replaceWithVoid();
    }

    /**
     * Removes the texts about an order that may name a person: partners quote addresses. A replay of the answer to its
     * request shows the order as it is then.
     */
    Uni<Void> forget(SqlClient transaction, UUID id) {
        return transaction.preparedQuery("""
                /* forget order */
                with state as (
                    update order_state set reason_detail = null where order_id = $1
                ), items as (
                    update batch_item set before_reason_detail = null, left_reason_detail = null where order_id = $1
                ), answers as (
                    update idempotency_key set answer = null where order_id = $1 and status <> 409
                ), request as (
                    update orders set request_id = null where id = $1
                ), fetched as (
                    update import_problem p set content = null from orders o
                    where o.id = $1 and p.channel = o.channel and p.external_id = o.external_id
                ), searches as (
                    -- The search that found the order may be a name.
                    update batch set selection = jsonb_set(selection::jsonb, '{q}', '"(erased)"')::text
                    where selection::jsonb ->> 'q' is not null
                      and (id in (select batch_id from batch_item where order_id = $1)
                           or strpos(rejected, $1::text) > 0)
                )
                update event_log set reason_detail = null where order_id = $1 and reason_detail is not null
                """).execute(Tuple.of(id)).replaceWithVoid();
    }

    /** Queues orders anew, with all attempts: in the lane of their step, or for any worker. */
    Uni<List<OutboxRow>> requeue(SqlClient transaction, Collection<UUID> orders, Requester by) {
        return transaction.preparedQuery("""
                /* requeue */
                with changed as (
                    update order_state
                    set status = 'QUEUED', version = version + 1, queued_at = now(), expedited = true, actor = $2,
                        retry_of = coalesce($3, retry_of),
                        lane = case when batch_id is not null then lane_of(batch_id, step, printer) end
                    where order_id = any($1)
                    returning order_id, rank
                )
                insert into outbox (order_id, send_after, traceparent)
                select order_id, now() + interval '10 seconds', $3 from changed order by rank
                returning id, order_id, traceparent
                """)
                .execute(Tuple.of(orders.toArray(UUID[]::new), by.name(), by.origin().traceparent()))
                .map(OrderControlTable::messages);
    }

    private static List<OutboxRow> messages(RowSet<Row> rows) {
        List<OutboxRow> messages = new ArrayList<>(rows.size());
        rows.forEach(row -> messages.add(new OutboxRow(row.getLong(0), row.getUUID(1), row.getString(2))));
        return messages;
    }

    /** Makes a batch run again; it ends as it ended before. */
    Uni<Void> runAgain(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                /* run batch again */
                update batch set status = 'RUNNING', finished_at = null, count_at = now() where id = $1
                """).execute(Tuple.of(batch)).replaceWithVoid();
    }

    /** Locks up to {@code limit} orders of the batch that had failed by then, in their sequence. */
    Uni<List<UUID>> lockFailed(SqlClient transaction, UUID batch, OffsetDateTime by, int limit) {
        return transaction.preparedQuery("""
                /* lock failed orders */
                select order_id from order_state
                where batch_id = $1 and status = 'FAILED' and updated_at <= $2
                order by rank limit $3 for update skip locked
                """).execute(Tuple.of(batch, by, limit)).map(rows -> {
            List<UUID> ids = new ArrayList<>(rows.size());
            rows.forEach(row -> ids.add(row.getUUID(0)));
            return ids;
        });
    }

    /**
     * Cancels an order of which no step runs. A step that may have been done is noted, for orders that pass the lane
     * later.
     */
    Uni<Void> cancel(SqlClient transaction, UUID order, Decision decision, String actor) {
        return transaction.preparedQuery("""
                /* cancel */
                with before as (
                    select batch_id, rank, step from order_state where order_id = $1 and outcome_unknown
                ), uncertain as (
                    update batch_item i set uncertain_step = b.step
                    from before b where i.batch_id = b.batch_id and i.rank = b.rank
                )
                update order_state
                set status = $2, step = $3, attempts = 0, version = version + 1, outcome_unknown = $4, worker = null,
                    held_by = null, due_at = now() + $5 * interval '1 millisecond', actor = $6
                where order_id = $1
                """)
                .execute(Tuple.of(order, decision.status().name(),
                        decision.step() == null ? null : decision.step().wireName(), decision.outcomeUnknown(),
                        decision.delay() == null ? null : decision.delay().toMillis(), actor))
                .replaceWithVoid();
    }

    /**
     * Asks the worker that runs a step of the order to cancel it when the step has ended. The first who asks is noted;
     * emits whether this is the first.
     */
    Uni<Boolean> requestCancel(SqlClient transaction, UUID id, String actor) {
        return transaction.preparedQuery("""
                /* request cancel */
                update order_state set cancel_requested_by = $2 where order_id = $1 and cancel_requested_by is null
                """).execute(Tuple.of(id, actor)).map(rows -> rows.rowCount() > 0);
    }

    /** Counts an ended batch once more, because one of its orders has changed. */
    Uni<Void> recount(SqlClient client, UUID batch) {
        return client.preparedQuery("""
                /* recount batch */
                update batch set counts = null, count_at = now() where id = $1 and finished_at is not null
                """).execute(Tuple.of(batch)).replaceWithVoid();
    }

    /**
     * An order as it stands while it is locked.
     *
     * @param running     whether a worker has it, or is about to
     * @param shipped     whether it has a shipment
     * @param mayBeUndone whether a restore of the database may have undone that it has
     * @param idle        whether neither a worker nor the clock has anything to do with it
     * @param justChanged whether it has changed since the transaction began
     */
    record LockedOrder(OrderState state, boolean running, UUID batchId, boolean shipped, boolean mayBeUndone,
            boolean idle, boolean justChanged) {
        /** Whether its shipment could not be undone, so that it makes sense to try again. */
        boolean gaveUpUndoing() {
            return state.step() == Step.VOID_SHIPMENT && idle;
        }
    }
}
