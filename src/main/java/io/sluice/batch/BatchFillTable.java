package io.sluice.batch;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.store.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Takes orders into a batch. */
@ApplicationScoped
class BatchFillTable {
    private static final String[] FREE = Arrays.stream(OrderStatus.values())
            .filter(OrderStatus::awaitsPerson)
            .map(OrderStatus::name)
            .toArray(String[]::new);

    /** Of a batch {@code b}: it may still do something with its orders. */
    static final String AT_WORK = """
            (b.status = 'PREPARING' or b.status = 'RUNNING' and exists (
                select from order_state u where u.batch_id = b.id and u.status in ('QUEUED', 'HANDLING', 'DELAYED')))
            """;

    /** Notes how each order was, and queues it: in the lane of its step, or parked until the batch starts it. */
    private static final String TAKE = """
            /* take */
            with input as (
                select t.*, s.status, s.step, s.reason_code, s.reason_detail, lane_of($6, s.step, t.printer) as lane
                from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[])
                         as t(order_id, position, rank, lanes_passed, printer)
                     join order_state s using (order_id)
            ), item as (
                insert into batch_item (batch_id, position, rank, order_id, printer, lanes_passed, before_status,
                                        before_step, before_reason_code, before_reason_detail)
                select $6, i.position, i.rank, i.order_id, i.printer, i.lanes_passed, i.status, i.step, i.reason_code,
                       i.reason_detail
                from input i
            )
            update order_state s
            set status = 'QUEUED', version = s.version + 1, parked = i.lane is null, lane = i.lane, batch_id = $6,
                position = i.position, rank = i.rank, printer = i.printer, actor = b.started_by, queued_at = b.created_at
            from input i join batch b on b.id = $6 where s.order_id = i.order_id
            """;

    /**
     * Locks those of the orders that are free. The others are skipped, and so is what has changed since this transaction began:
     * waiting for another transaction could put the event of this one, with an older id, behind that one's.
     */
    Uni<Map<UUID, Locked>> lock(SqlClient transaction, Collection<UUID> orders) {
        return transaction.preparedQuery("""
                /* lock free orders */
                select s.order_id, s.step, s.batch_id, s.channel, o.country
                from order_state s join orders o on o.id = s.order_id
                where s.order_id = any($1) and s.status = any($2) and s.updated_at < now()
                  and not exists (select from batch b where b.id = s.batch_id and %s)
                order by s.order_id for update of s skip locked
                """.formatted(AT_WORK)).execute(Tuple.of(orders.toArray(UUID[]::new), FREE)).map(rows -> {
            Map<UUID, Locked> locked = new HashMap<>();
            rows.forEach(row -> locked.put(row.getUUID(0),
                    new Locked(Step.of(row.getString(1)), row.getUUID(2), row.getString(3), row.getString(4))));
            return locked;
        });
    }

    /** Freezes how orders that are locked, and still in a batch, stand in it: they are about to leave it. */
    Uni<Void> freeze(SqlClient transaction, Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction.preparedQuery("""
                /* freeze */
                with leaving as materialized (
                    select batch_id, position, status, step, reason_code, reason_detail, outcome_unknown
                    from order_state where order_id = any($1)
                )
                update batch_item i
                set left_status = l.status, left_step = l.step, left_reason_code = l.reason_code,
                    left_reason_detail = l.reason_detail, uncertain_step = case when l.outcome_unknown then l.step end
                from leaving l where i.batch_id = l.batch_id and i.position = l.position
                """).execute(Tuple.of(orders.toArray(UUID[]::new))).replaceWithVoid();
    }

    /** Takes orders that are locked. */
    Uni<Void> take(SqlClient transaction, UUID batch, List<BatchEntry> orders) {
        Tuple parameters = new Columns<>(orders)
                .add(UUID.class, BatchEntry::orderId)
                .add(Integer.class, BatchEntry::position)
                .add(Integer.class, BatchEntry::rank)
                .add(Integer.class, BatchEntry::lanesPassed)
                .add(String.class, BatchEntry::printer)
                .tuple()
                .addUUID(batch);
        return transaction.preparedQuery(TAKE).execute(parameters).replaceWithVoid();
    }

    /**
     * How an order stands that is locked.
     *
     * @param step  at which it goes on
     * @param batch that it is still in, at rest, or null
     */
    record Locked(Step step, UUID batch, String channel, String country) {}
}
