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
class TakeTable {
    private static final String[] FREE = Arrays.stream(OrderStatus.values())
            .filter(OrderStatus::awaitsPerson)
            .map(OrderStatus::name)
            .toArray(String[]::new);

    /** Of a batch {@code b}: it has something left to do, be it that a person has to have it go on. */
    static final String AT_WORK = """
            (b.status = 'PREPARING' or b.status = 'RUNNING' and (
                exists (select from batch_gate g where g.batch_id = b.id and g.open)
                or exists (select from order_state u where u.batch_id = b.id and u.parked)
                or exists (select from order_state u where u.batch_id = b.id and not u.parked
                           and u.status in ('QUEUED', 'HANDLING'))
                or exists (select from order_state u where u.batch_id = b.id and u.status = 'DELAYED')))
            """;

    /** Notes how each order was, and queues it, at the same time for the whole batch, without letting any worker have it. */
    private static final String TAKE = """
            with input as (
                select * from unnest($1::uuid[], $2::int[], $3::int[], $4::int[])
                    as t(order_id, position, rank, gates_passed)
            ), item as (
                insert into batch_item (batch_id, position, rank, order_id, gates_passed, before_status, before_step,
                                        before_reason_code, before_reason_detail)
                select $5, i.position, i.rank, i.order_id, i.gates_passed, s.status, s.step, s.reason_code,
                       s.reason_detail
                from input i join order_state s using (order_id)
            ), taken as (
                update order_state s
                set status = 'QUEUED', attempts = 0, version = s.version + 1, due_at = null, parked = true,
                    held_by = null, reason_code = null, reason_detail = null, delayed_since = null, batch_id = $5,
                    position = i.position, rank = i.rank,
                    queued_at = (select b.created_at from batch b where b.id = $5), updated_at = clock_timestamp()
                from input i where s.order_id = i.order_id
                returning s.*
            )
            insert into event_log (kind, order_id, channel, version, status, step, tracking_number, batch_id, position,
                                   at)
            select 'order', t.order_id, o.channel, t.version, t.status, t.step, t.tracking_number, t.batch_id, t.position,
                   t.updated_at
            from taken t join orders o on o.id = t.order_id
            order by t.position
            """;

    /**
     * Locks those of the orders that are free. The others are skipped: a transaction that waited for one that changes the
     * same order could write its event under an older id than that one did; for the same reason, what has changed since this
     * transaction began is left out.
     */
    Uni<Map<UUID, Locked>> lock(SqlClient transaction, Collection<UUID> orders) {
        return transaction.preparedQuery("""
                select order_id, step, batch_id from order_state s
                where order_id = any($1) and status = any($2) and updated_at < now()
                  and not exists (select from batch b where b.id = s.batch_id and %s)
                order by order_id for update skip locked
                """.formatted(AT_WORK)).execute(Tuple.of(orders.toArray(UUID[]::new), FREE)).map(rows -> {
            Map<UUID, Locked> locked = new HashMap<>();
            rows.forEach(row -> locked.put(row.getUUID(0),
                    new Locked(Step.ofNullable(row.getString(1)), row.getUUID(2))));
            return locked;
        });
    }

    /** Freezes how orders that are locked, and still in a batch, stand in it: they are about to leave it. */
    Uni<Void> freeze(SqlClient transaction, Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction.preparedQuery("""
                with leaving as materialized (
                    select batch_id, position, status, step, reason_code, reason_detail, unknown
                    from order_state where order_id = any($1)
                )
                update batch_item i
                set left_status = l.status, left_step = l.step, left_reason_code = l.reason_code,
                    left_reason_detail = l.reason_detail, gave_way = true,
                    doubt_step = case when l.unknown then l.step end
                from leaving l where i.batch_id = l.batch_id and i.position = l.position
                """).execute(Tuple.of(orders.toArray(UUID[]::new))).replaceWithVoid();
    }

    /** Takes orders that are locked. */
    Uni<Void> take(SqlClient transaction, UUID batch, List<Taken> orders) {
        Tuple parameters = new Columns<>(orders)
                .add(UUID.class, Taken::orderId)
                .add(Integer.class, Taken::position)
                .add(Integer.class, Taken::rank)
                .add(Integer.class, Taken::gatesPassed)
                .tuple()
                .addUUID(batch);
        return transaction.preparedQuery(TAKE).execute(parameters).replaceWithVoid();
    }

    /**
     * How an order stands that is locked.
     *
     * @param step  at which it goes on, or null for the first
     * @param batch that it is still in, at rest, or null
     */
    record Locked(Step step, UUID batch) {}
}
