package io.sluice.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

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
    private static final int FIRST_SEGMENTS = 2;
    private static final int MORE_SEGMENTS = 4;

    private static final Comparator<PageCursor> TABLE = Comparator.comparing(PageCursor::placedAt)
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
        return filter.text() == null
                ? table(database, filter, after, limit)
                : new Search(database, filter, after, limit).run();
    }

    /** Without a text, an index has the orders in the sequence of the table; with statuses, one after the other. */
    private static Uni<List<PageCursor>> table(SqlClient database, OrderFilter filter, PageCursor after, int limit) {
        Parameters parameters = new Parameters();
        String count = parameters.apply(limit);
        String sql = filter.statuses().isEmpty()
                ? "select o.id, o.placed_at from orders o where true" + channel(filter, parameters)
                        + following(after, "o.placed_at, o.id", parameters)
                        + " order by o.placed_at desc, o.id desc limit "
                        + count
                : "select f.order_id, f.placed_at from (" + byStatus(filter, after, count, parameters) + ") f"
                        + " order by f.placed_at desc, f.order_id desc limit " + count;
        return execute(database, "/* page */ " + sql, parameters).map(OrderFinder::keys);
    }

    /** The newest orders of each status: there, the index has them in the sequence of the table. */
    private static String byStatus(OrderFilter filter, PageCursor after, String count, Parameters parameters) {
        return "select wanted.status, s.* from unnest(" + parameters.apply(names(filter))
                + "::text[]) wanted(status) cross join lateral"
                + " (select o.order_id, o.placed_at from order_state o where o.status = wanted.status"
                + channel(filter, parameters) + following(after, "o.placed_at, o.order_id", parameters)
                + " order by o.placed_at desc, o.order_id desc limit " + count + ") s";
    }

    private static String[] names(OrderFilter filter) {
        return filter.statuses().stream().map(OrderStatus::name).toArray(String[]::new);
    }

    private static String channel(OrderFilter filter, Parameters parameters) {
        return filter.channel() == null ? "" : " and o.channel = " + parameters.apply(filter.channel());
    }

    private static String following(PageCursor after, String columns, Parameters parameters) {
        return after == null
                ? ""
                : " and (" + columns + ") < (" + parameters.apply(after.placedAt().atOffset(ZoneOffset.UTC)) + ", "
                        + parameters.apply(after.id()) + ")";
    }

    private static Uni<RowSet<Row>> execute(SqlClient database, String sql, Parameters parameters) {
        return database.preparedQuery(sql).execute(parameters.tuple);
    }

    private static List<PageCursor> keys(RowSet<Row> rows) {
        List<PageCursor> keys = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getUUID(0) != null) {
                keys.add(new PageCursor(row.getOffsetDateTime(1).toInstant(), row.getUUID(0)));
            }
        }
        return keys;
    }

    /** Collects the parameters of a statement; gives the placeholder of each. */
    private static final class Parameters implements Function<Object, String> {
        private final Tuple tuple = Tuple.tuple();

        @Override
        public String apply(Object value) {
            return "$" + tuple.addValue(value).size();
        }
    }

    /**
     * One search. It looks at the orders that are not indexed yet, at those with such a number, at the newest ones, and
     * then at one segment of the index after the other, until it has enough.
     */
    private final class Search {
        private final SqlClient database;
        private final OrderFilter filter;
        private final List<SearchWord> words;
        private final PageCursor after;
        private final int limit;
        private final SortedSet<PageCursor> found = new TreeSet<>(TABLE);
        private boolean rareChannel;

        Search(SqlClient database, OrderFilter filter, PageCursor after, int limit) {
            this.database = database;
            this.filter = filter;
            this.words = SearchWord.of(filter.text());
            this.after = after;
            this.limit = limit;
        }

        Uni<List<PageCursor>> run() {
            if (words.isEmpty()) {
                return Uni.createFrom().item(List.of());
            }
            // The queue comes first: what is moved to the index meanwhile is found twice, not missed.
            return inQueue().chain(this::byNumber)
                    .chain(this::inNewest)
                    .chain(complete -> complete ? Uni.createFrom().voidItem() : segments().chain(this::inSegments))
                    .map(done -> found.stream().limit(limit).toList());
        }

        private Uni<?> inQueue() {
            Parameters parameters = new Parameters();
            return add("select o.order_id, o.placed_at from search_queue o where true" + conditions(parameters),
                    parameters);
        }

        /** Orders with one of the words as their number; they must have the other words, too. */
        private Uni<?> byNumber() {
            Parameters parameters = new Parameters();
            List<String> numbers = words.stream()
                    .map(word -> word.inNumber(parameters))
                    .filter(n -> n != null)
                    .toList();
            if (numbers.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            StringBuilder sql = new StringBuilder("select o.order_id, o.placed_at from (");
            // "offset 0" keeps the planner from finding them by channel or date.
            sql.append(numbers.stream()
                    .map(number -> "(select s.* from order_state s where " + number + " offset 0)")
                    .collect(Collectors.joining(" union all ")));
            sql.append(") o cross join lateral (select text from order_search t where t.order_id = o.order_id union all"
                    + " select text from search_queue t where t.order_id = o.order_id limit 1) t where true");
            sql.append(channel(filter, parameters)).append(following(after, "o.placed_at, o.order_id", parameters));
            if (!filter.statuses().isEmpty()) {
                sql.append(" and o.status = any(").append(parameters.apply(names(filter))).append(")");
            }
            for (SearchWord word : words) {
                String number = word.inNumber(parameters);
                sql.append(" and (").append(word.inText("t.text", parameters));
                sql.append(number == null ? "" : " or " + number.replace("s.", "o.")).append(")");
            }
            return add(sql.toString(), parameters);
        }

        /** Whether the newest orders, or all of rare statuses, hold the whole page. */
        private Uni<Boolean> inNewest() {
            if (filter.statuses().isEmpty() || filter.statuses().contains(OrderStatus.HANDLED)) {
                return inNewest(false, newest);
            }
            Parameters parameters = new Parameters();
            String sql = "select count(*)::int from (" + byStatus(filter, after, parameters.apply(rare), parameters)
                    + ") k";
            return execute(database, "/* search */ " + sql, parameters)
                    .chain(rows -> inNewest(true, rows.iterator().next().getInteger(0) < rare
                            ? rare
                            : Math.max(1, newest / filter.statuses().size())));
        }

        /** @param orders how many it reads, of each status if {@code rareStatuses} */
        private Uni<Boolean> inNewest(boolean rareStatuses, int orders) {
            Parameters parameters = new Parameters();
            String most = parameters.apply(orders);
            String read = rareStatuses
                    ? "select k.status, k.order_id, k.placed_at, o.channel, o.text from ("
                            + byStatus(filter, after, most, parameters)
                            + ") k left join lateral"
                            + " (select t.channel, t.text from order_search t where t.order_id = k.order_id limit 1) o"
                            + " on true"
                    : "select '' as status, o.order_id, o.placed_at, o.channel, o.text from order_search o where true"
                            + following(after, "o.placed_at, o.order_id", parameters)
                            + " order by o.placed_at desc, o.order_id desc limit " + most;
            String sql = "with newest as materialized (" + read + "), unread as (select max(last) as until from"
                    + " (select min(placed_at) as last from newest group by status having count(*) = " + most
                    + ") full_read),"
                    + " channels as (select count(*) filter (where channel = " + parameters.apply(filter.channel())
                    + ") * 20 < count(*) as rare from newest)"
                    + " select f.order_id, f.placed_at, unread.until, channels.rare from unread cross join channels"
                    + " left join lateral (select o.order_id, o.placed_at from newest o where true"
                    + conditions(parameters) + ") f on true";
            return execute(database, "/* search */ " + sql, parameters).map(rows -> {
                found.addAll(keys(rows));
                Row first = rows.iterator().next();
                rareChannel = filter.channel() != null && first.getBoolean(3);
                return first.getOffsetDateTime(2) == null || complete(first.getOffsetDateTime(2).toInstant());
            });
        }

        private Uni<List<Segment>> segments() {
            Parameters parameters = new Parameters();
            String until = after == null
                    ? ""
                    : " and first_placed <= " + parameters.apply(after.placedAt().atOffset(ZoneOffset.UTC));
            return execute(database, "select no, last_placed from search_segment where orders > 0" + until
                    + " order by last_placed desc", parameters).map(rows -> {
                        List<Segment> segments = new ArrayList<>(rows.size());
                        rows.forEach(row -> segments
                                .add(new Segment(row.getInteger(0), row.getOffsetDateTime(1).toInstant())));
                        return segments;
                    });
        }

        private Uni<Void> inSegments(List<Segment> segments) {
            return inSegments(segments, FIRST_SEGMENTS);
        }

        /** Each time some more: a word that is not in the first segments is rare. */
        private Uni<Void> inSegments(List<Segment> segments, int count) {
            if (segments.isEmpty() || complete(segments.get(0).lastPlaced())) {
                return Uni.createFrom().voidItem();
            }
            int next = Math.min(count, segments.size());
            Parameters parameters = new Parameters();
            String queries = parameters
                    .apply(segments.subList(0, next).stream().map(this::query).toArray(String[]::new));
            // "offset 0" keeps the planner from also using the index by date, which has millions of orders to offer.
            String sql = "select f.order_id, f.placed_at from unnest(" + queries + "::text[]) segment(query)"
                    + " cross join lateral (select o.order_id, o.placed_at from (select * from order_search t where"
                    + " search_parts(t.segment, t.channel, t.text) @@ segment.query::tsquery offset 0) o where true"
                    + conditions(parameters) + ") f";
            return add(sql, parameters)
                    .chain(() -> inSegments(segments.subList(next, segments.size()), count * MORE_SEGMENTS));
        }

        private String query(Segment segment) {
            String query = words.stream().map(word -> word.inIndex(segment.no())).collect(Collectors.joining(" & "));
            // The list of a channel with many orders would take longer to read than the orders that it leaves out.
            return rareChannel ? query + " & " + SearchWord.channelInIndex(segment.no(), filter.channel()) : query;
        }

        /** Whether nothing that was placed until then can come before what was found. */
        private boolean complete(Instant lastPlaced) {
            return found.size() >= limit
                    && found.stream().skip(limit - 1L).findFirst().orElseThrow().placedAt().isAfter(lastPlaced);
        }

        /** What the filter asks of an order {@code o} with its text; it gives the first ones in the sequence of the table. */
        private String conditions(Parameters parameters) {
            StringBuilder conditions = new StringBuilder();
            words.forEach(word -> conditions.append(" and ").append(word.inText("o.text", parameters)));
            conditions.append(channel(filter, parameters))
                    .append(following(after, "o.placed_at, o.order_id", parameters));
            if (!filter.statuses().isEmpty()) {
                // A subquery, so that no plan begins with the states.
                conditions.append(" and (select s.status from order_state s where s.order_id = o.order_id) = any(")
                        .append(parameters.apply(names(filter)))
                        .append(")");
            }
            return conditions + " order by o.placed_at desc, o.order_id desc limit " + parameters.apply(limit);
        }

        private Uni<?> add(String sql, Parameters parameters) {
            return execute(database, "/* search */ " + sql, parameters).invoke(rows -> found.addAll(keys(rows)));
        }

        private record Segment(int no, Instant lastPlaced) {}
    }
}
