package io.sluice.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.sluice.tracing.Origin;
import io.sluice.tracing.Traceparent;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads orders and their history. Every call is one short session; nothing is held while a caller waits. */
@ApplicationScoped
public class Orders {
    private static final String ORDER_AND_STATE = "from OrderEntity o join fetch o.state s where 1 = 1";
    private static final String TABLE_ORDER = " order by o.placedAt desc, o.id desc";

    private final Vertx vertx;
    private final Pool pool;
    private final OrderFinder finder;
    private final OrderActions actions;

    Orders(Vertx vertx, Pool pool, OrderFinder finder, OrderActions actions) {
        this.vertx = vertx;
        this.pool = pool;
        this.finder = finder;
        this.actions = actions;
    }

    /** The order of that id, or null. */
    public Uni<OrderView> find(UUID id) {
        return session(() -> OrderEntity.<OrderEntity>find(ORDER_AND_STATE + " and o.id = ?1", id)
                .firstResult()
                .map(order -> order == null ? null : OrderViews.of(order)));
    }

    /** The orders of these ids, newest placed first; unknown ids are left out. */
    public Uni<List<OrderView>> findAll(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return session(
                () -> OrderEntity.<OrderEntity>list(ORDER_AND_STATE + " and o.id in ?1" + TABLE_ORDER, ids)
                        .map(OrderViews::of));
    }

    /**
     * One page of the table.
     *
     * @param cursor where the page before ended, or null for the first
     * @param limit  rows, 1 to 200
     * @throws IllegalArgumentException if {@code cursor} is none of ours
     */
    public Uni<OrderPage> page(OrderFilter filter, String cursor, int limit) {
        PageCursor after = cursor == null
                ? null
                : PageCursor.decode(cursor)
                        .orElseThrow(() -> new IllegalArgumentException("not a cursor of this table: " + cursor));
        return finder.find(pool, filter, after, limit + 1).chain(keys -> {
            boolean more = keys.size() > limit;
            List<PageCursor> shown = more ? keys.subList(0, limit) : keys;
            return findAll(shown.stream().map(PageCursor::id).toList())
                    // One may have changed since it was found.
                    .map(orders -> orders.stream().filter(filter::shows).toList())
                    .map(orders -> new OrderPage(orders, more ? shown.get(limit - 1).encode() : null));
        });
    }

    /** What happened to the order; nothing if it is unknown. */
    public Uni<OrderHistory> history(UUID id) {
        return histories(List.of(id)).map(histories -> histories.get(id));
    }

    /** What happened to each of these orders. */
    public Uni<Map<UUID, OrderHistory>> histories(Collection<UUID> ids) {
        return origins(ids).chain(origins -> attempts(ids).chain(attempts -> actions.of(ids)
                .map(done -> ids.stream()
                        .collect(Collectors.toMap(Function.identity(), id -> {
                            Origin origin = origins.getOrDefault(id, Origin.NONE);
                            return new OrderHistory(origin.requestId(), Traceparent.traceId(origin.traceparent()),
                                    attempts.getOrDefault(id, List.of()), done.getOrDefault(id, List.of()));
                        })))));
    }

    private Uni<Map<UUID, Origin>> origins(Collection<UUID> ids) {
        return pool.preparedQuery("select id, request_id, traceparent from orders where id = any($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> row.getUUID(0),
                                row -> new Origin(row.getString(1), row.getString(2)))));
    }

    private Uni<Map<UUID, List<AttemptView>>> attempts(Collection<UUID> ids) {
        return session(
                () -> EventEntity.<EventEntity>list("orderId in ?1 and outcome is not null order by id", ids)
                        .map(events -> events.stream()
                                .collect(Collectors.groupingBy(event -> event.orderId,
                                        Collectors.mapping(AttemptView::of, Collectors.toList())))));
    }

    /**
     * Runs one short session on a Vert.x context of its own, and to its end even if the caller goes away: a session
     * must not be shared between contexts, and a cancellation that reaches it would leave its connection behind.
     */
    private <T> Uni<T> session(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = vertx.getOrCreateContext();
            Context own = VertxContext.createNewDuplicatedContext(caller);
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(ignored -> Panache.withSession(work)
                    .subscribe()
                    .with(item -> caller.runOnContext(back -> emitter.complete(item)),
                            failure -> caller.runOnContext(back -> emitter.fail(failure))));
        });
    }
}
