package io.sluice.dashboard.table;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Counts the orders that are not finished, by status. Counting stops at a limit and skips statuses that only grow, so
 * it takes a few milliseconds for a table of any size.
 */
@ApplicationScoped
public class StatusCounts {
    private static final int LIMIT = 1_000;
    private static final String[] OPEN = Arrays.stream(OrderStatus.values())
            .filter(Predicate.not(OrderStatus::ended))
            .map(OrderStatus::name)
            .toArray(String[]::new);
    private static final String COUNT = """
            select open.status, (select count(*) from
                (select 1 from order_state s where s.status = open.status limit $2) counted)
            from unnest($1::text[]) open (status)""";

    private final Pool pool;

    StatusCounts(Pool pool) {
        this.pool = pool;
    }

    /** The counts as displayed, for example {@code 17} or {@code 1000+}. */
    public Uni<Map<OrderStatus, String>> now() {
        return pool.preparedQuery(COUNT).execute(Tuple.of(OPEN, LIMIT + 1)).map(StatusCounts::shown);
    }

    private static Map<OrderStatus, String> shown(RowSet<Row> rows) {
        Map<OrderStatus, String> counts = new EnumMap<>(OrderStatus.class);
        for (Row row : rows) {
            long count = row.getLong(1);
            counts.put(OrderStatus.valueOf(row.getString(0)), count > LIMIT ? LIMIT + "+" : Long.toString(count));
        }
        return counts;
    }
}
