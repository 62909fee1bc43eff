package io.sluice.store;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderAction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** What people did to orders: their part of the audit. */
@ApplicationScoped
class OrderActions {
    private final Pool pool;

    OrderActions(Pool pool) {
        this.pool = pool;
    }

    /** The actions on these orders, oldest first; an order without any is left out. */
    Uni<Map<UUID, List<ActionView>>> of(Collection<UUID> orders) {
        return pool.preparedQuery("""
                /* actions */
                select subject::uuid as order_id, action, fields, at, actor, request_id
                from audit where subject = any($1) order by id
                """)
                .execute(Tuple.of(orders.stream().map(UUID::toString).toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(row -> row.getUUID("order_id"),
                                Collectors.mapping(OrderActions::view, Collectors.toList()))));
    }

    private static ActionView view(Row row) {
        String[] fields = row.getArrayOfStrings("fields");
        return new ActionView(action(row.getString("action")), fields == null ? null : List.of(fields),
                Rows.instant(row, "at"), row.getString("actor"), row.getString("request_id"));
    }

    /** {@code order.retry}, as the audit says it. */
    private static OrderAction action(String audited) {
        return OrderAction.valueOf(audited.substring(audited.indexOf('.') + 1).toUpperCase(Locale.ROOT));
    }
}
