package io.sluice.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;

/**
 * Finds the orders that match a filter, newest placed first, in a time that does not depend on how many orders there
 * are. docs/decisions/0019-reading-at-size.md says how.
 */
@ApplicationScoped
public class OrderFinder {
    /** Newest orders that a search reads first. What more than a per cent of them match is complete then. */
    private static final int NEWEST = 2000;
    /** If there are fewer orders of all statuses that are asked for, they are all read. */
    private static final int RARE = 6000;

    static final Comparator<PageCursor> TABLE = Comparator.comparing(PageCursor::placedAt)
            .thenComparing(PageCursor::id, OrderFinder::compareBytes)
            .reversed();

    private final int newest;
    private final int rare;

    OrderFinder() {
        this(NEWEST, RARE);
    }

    /** For tests: with other limits. */
    OrderFinder(int newest, int rare) {
        this.newest = newest;
        this.rare = rare;
    }

    /** UUIDs as PostgreSQL sorts them. */
    private static int compareBytes(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /**
     * The first {@code limit} matches after {@code after}, or all that there are.
     *
     * @param after where the page before ended, or null for the first
     */
    public Uni<List<PageCursor>> find(SqlClient database, OrderFilter filter, PageCursor after, int limit) {
        return filter.text() == null && filter.country() == null
                ? table(database, filter, after, limit)
                : new OrderSearch(database, filter, after, limit, newest, rare).run();
    }

    /**
     * Without a text, an index has the orders in the sequence of the table; with statuses, one after the other. That
     * index also knows steps and reasons.
     */
    private static Uni<List<PageCursor>> table(SqlClient database, OrderFilter filter, PageCursor after, int limit) {
        SqlParameters parameters = new SqlParameters();
        String count = parameters.apply(limit);
        String sql = filter.anyStatus()
                ? "select o.id, o.placed_at from orders o where true" + channel(filter, parameters)
                        + following(filter, after, "o.id", parameters)
                        + " order by o.placed_at desc, o.id desc limit "
                        + count
                : "select f.order_id, f.placed_at from (" + byStatus(filter, after, count, parameters) + ") f"
                        + " order by f.placed_at desc, f.order_id desc limit " + count;
        return execute(database, "/* page */ " + sql, parameters).map(OrderFinder::keys);
    }

    /** The newest orders of each status: there, the index has them in the sequence of the table. */
    static String byStatus(OrderFilter filter, PageCursor after, String count, SqlParameters parameters) {
        return "select wanted.status, s.* from unnest(" + parameters.apply(names(filter))
                + "::text[]) wanted(status) cross join lateral"
                + " (select o.order_id, o.placed_at from order_state o where o.status = wanted.status"
                + channel(filter, parameters) + step(filter, "o", parameters)
                + following(filter, after, "o.order_id", parameters)
                + " order by o.placed_at desc, o.order_id desc limit " + count + ") s";
    }

    static String[] names(OrderFilter filter) {
        return filter.possible().stream().map(OrderStatus::name).toArray(String[]::new);
    }

    static String channel(OrderFilter filter, SqlParameters parameters) {
        return filter.channel() == null ? "" : " and o.channel = " + parameters.apply(filter.channel());
    }

    /** What the filter asks of the step and the reason in a row of {@code order_state}. */
    static String step(OrderFilter filter, String state, SqlParameters parameters) {
        String step = filter.step() == null
                ? ""
                : " and " + state + ".step = " + parameters.apply(filter.step().wireName());
        // Without a step, the reason is a note on the last attempt.
        return filter.cause() == null
                ? step
                : step + " and " + state + ".step is not null and " + state + ".reason_code = "
                        + parameters.apply(filter.cause());
    }

    /** The orders {@code o} that were placed when the filter says, and follow in the table. */
    static String following(OrderFilter filter, PageCursor after, String id, SqlParameters parameters) {
        StringBuilder conditions = new StringBuilder();
        if (filter.placedFrom() != null) {
            conditions.append(" and o.placed_at >= ").append(parameters.apply(utc(filter.placedFrom())));
        }
        if (filter.placedTo() != null) {
            conditions.append(" and o.placed_at < ").append(parameters.apply(utc(filter.placedTo())));
        }
        if (after != null) {
            conditions.append(" and (o.placed_at, ").append(id).append(") < (");
            conditions.append(parameters.apply(utc(after.placedAt()))).append(", ");
            conditions.append(parameters.apply(after.id())).append(")");
        }
        return conditions.toString();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Uni<RowSet<Row>> execute(SqlClient database, String sql, SqlParameters parameters) {
        return database.preparedQuery(sql).execute(parameters.tuple());
    }

    static List<PageCursor> keys(RowSet<Row> rows) {
        List<PageCursor> keys = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getUUID(0) != null) {
                keys.add(new PageCursor(row.getOffsetDateTime(1).toInstant(), row.getUUID(0)));
            }
        }
        return keys;
    }
}
