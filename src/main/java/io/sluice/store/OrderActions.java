package io.sluice.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderAction;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** What people did to orders, in the database. */
@ApplicationScoped
public class OrderActions {
    private final Pool pool;

    OrderActions(Pool pool) {
        this.pool = pool;
    }

    /** Records the same action on each of these orders. */
    public Uni<Void> record(SqlClient transaction, Collection<UUID> orders, OrderAction action, String actor,
            Origin origin) {
        return record(transaction, orders, action, null, actor, origin);
    }

    /** @param fields names of the fields of a correction: erasure does not reach this, so it must have no values */
    public Uni<Void> record(SqlClient transaction, Collection<UUID> orders, OrderAction action, List<String> fields,
            String actor, Origin origin) {
        return transaction.preparedQuery("""
                /* record action */
                insert into order_action (order_id, action, fields, actor, request_id)
                select id, $2, $3, $4, $5 from unnest($1::uuid[]) id
                """)
                .execute(Tuple.of(orders.toArray(UUID[]::new), action.name(),
                        fields == null ? null : fields.toArray(String[]::new), actor,
                        origin.requestId()))
                .replaceWithVoid();
    }

    /** The actions on these orders, oldest first; an order without any is left out. */
    Uni<Map<UUID, List<ActionView>>> of(Collection<UUID> orders) {
        return pool.preparedQuery("""
                /* actions */
                select order_id, action, fields, at, actor, request_id
                from order_action where order_id = any($1) order by id
                """)
                .execute(Tuple.of(orders.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(row -> row.getUUID("order_id"),
                                Collectors.mapping(OrderActions::view, Collectors.toList()))));
    }

    private static ActionView view(Row row) {
        String[] fields = row.getArrayOfStrings("fields");
        return new ActionView(OrderAction.valueOf(row.getString("action")), fields == null ? null : List.of(fields),
                Rows.instant(row, "at"), row.getString("actor"), row.getString("request_id"));
    }
}
