package io.sluice.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;

/**
 * One search, by text, by country, or both. It looks at the orders that are not indexed yet, at those with such a number, at the newest ones, and
 * then at one segment of the index after the other, until it has enough.
 */
final class OrderSearch {
    private static final int FIRST_SEGMENTS = 2;
    private static final int MORE_SEGMENTS = 4;

    private final SqlClient database;
    private final OrderFilter filter;
    private final List<SearchWord> words;
    private final PageCursor after;
    private final int limit;
    private final SortedSet<PageCursor> found = new TreeSet<>(OrderFinder.TABLE);
    private final int newest;
    private final int rare;
    private boolean rareChannel;
    private boolean rareCountry;

    /**
     * @param newest how many of the newest orders it reads first
     * @param rare   a status with fewer orders is rare
     */
    OrderSearch(SqlClient database, OrderFilter filter, PageCursor after, int limit, int newest, int rare) {
        this.database = database;
        this.filter = filter;
        this.words = filter.text() == null ? List.of() : SearchWord.of(filter.text());
        this.after = after;
        this.limit = limit;
        this.newest = newest;
        this.rare = rare;
    }

    Uni<List<PageCursor>> run() {
        if (words.isEmpty() && filter.text() != null) {
            return Uni.createFrom().item(List.of());
        }
        // The queue comes first: what is moved to the index meanwhile is found twice, not missed.
        return inQueue().chain(this::byNumber)
                .chain(this::inNewest)
                .chain(complete -> complete ? Uni.createFrom().voidItem() : segments().chain(this::inSegments))
                .map(done -> found.stream().limit(limit).toList());
    }

    private Uni<?> inQueue() {
        SqlParameters parameters = new SqlParameters();
        return add("select o.order_id, o.placed_at from search_queue o where true" + conditions(parameters),
                parameters);
    }

    /** Orders with one of the words as their number; they must have the other words, too. */
    private Uni<?> byNumber() {
        SqlParameters parameters = new SqlParameters();
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
        sql.append(") o cross join lateral (select text, country from order_search t where t.order_id = o.order_id"
                + " union all select text, country from search_queue t where t.order_id = o.order_id limit 1) t where true");
        sql.append(OrderFinder.channel(filter, parameters))
                .append(country("t", parameters))
                .append(OrderFinder.following(filter, after, "o.order_id", parameters));
        if (!filter.anyStatus()) {
            sql.append(" and ").append(state("o", parameters));
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
        if (filter.shows(OrderStatus.HANDLED)) {
            return inNewest(false, newest);
        }
        SqlParameters parameters = new SqlParameters();
        String sql = "select count(*)::int from ("
                + OrderFinder.byStatus(filter, after, parameters.apply(rare), parameters)
                + ") k";
        return OrderFinder.execute(database, "/* search */ " + sql, parameters)
                .chain(rows -> inNewest(true, rows.iterator().next().getInteger(0) < rare
                        ? rare
                        : Math.max(1, newest / Math.max(1, filter.possible().size()))));
    }

    /** @param orders how many it reads, of each status if {@code rareStatuses} */
    private Uni<Boolean> inNewest(boolean rareStatuses, int orders) {
        SqlParameters parameters = new SqlParameters();
        String most = parameters.apply(orders);
        String read = rareStatuses
                ? "select k.status, k.order_id, k.placed_at, o.channel, o.country, o.text from ("
                        + OrderFinder.byStatus(filter, after, most, parameters)
                        + ") k left join lateral"
                        + " (select t.channel, t.country, t.text from order_search t where t.order_id = k.order_id limit 1) o"
                        + " on true"
                : "select '' as status, o.order_id, o.placed_at, o.channel, o.country, o.text from order_search o"
                        + " where true" + OrderFinder.following(filter, after, "o.order_id", parameters)
                        + " order by o.placed_at desc, o.order_id desc limit " + most;
        String sql = "with newest as materialized (" + read + "), unread as (select max(last) as until from"
                + " (select min(placed_at) as last from newest group by status having count(*) = " + most
                + ") full_read),"
                + " share as (select count(*) filter (where channel = " + parameters.apply(filter.channel())
                + ") * 20 < count(*) as of_channel, count(*) filter (where country = "
                + parameters.apply(filter.country()) + ") * 20 < count(*) as of_country from newest)"
                + " select f.order_id, f.placed_at, unread.until, share.of_channel, share.of_country"
                + " from unread cross join share"
                + " left join lateral (select o.order_id, o.placed_at from newest o where true"
                + conditions(parameters) + ") f on true";
        return OrderFinder.execute(database, "/* search */ " + sql, parameters).map(rows -> {
            found.addAll(OrderFinder.keys(rows));
            Row first = rows.iterator().next();
            rareChannel = filter.channel() != null && first.getBoolean(3);
            rareCountry = filter.country() != null && first.getBoolean(4);
            return first.getOffsetDateTime(2) == null || complete(first.getOffsetDateTime(2).toInstant());
        });
    }

    private Uni<List<Segment>> segments() {
        SqlParameters parameters = new SqlParameters();
        String from = filter.placedFrom() == null
                ? ""
                : " and last_placed >= " + parameters.apply(OrderFinder.utc(filter.placedFrom()));
        String to = filter.placedTo() == null
                ? ""
                : " and first_placed < " + parameters.apply(OrderFinder.utc(filter.placedTo()));
        String until = after == null
                ? ""
                : " and first_placed <= " + parameters.apply(OrderFinder.utc(after.placedAt()));
        return OrderFinder.execute(database, "select no, last_placed from search_segment where orders > 0" + from + to
                + until + " order by last_placed desc", parameters).map(rows -> {
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
        SqlParameters parameters = new SqlParameters();
        String queries = parameters
                .apply(segments.subList(0, next).stream().map(this::query).toArray(String[]::new));
        // "offset 0" keeps the planner from also using the index by date, which has millions of orders to offer.
        String sql = "select f.order_id, f.placed_at from unnest(" + queries + "::text[]) segment(query)"
                + " cross join lateral (select o.order_id, o.placed_at from (select * from order_search t where"
                + " search_parts(t.segment, t.channel, t.country, t.text) @@ segment.query::tsquery offset 0) o where true"
                + conditions(parameters) + ") f";
        return add(sql, parameters)
                .chain(() -> inSegments(segments.subList(next, segments.size()), count * MORE_SEGMENTS));
    }

    private String query(Segment segment) {
        List<String> parts = new ArrayList<>(words.stream().map(word -> word.inIndex(segment.no())).toList());
        // The list of a channel with many orders would take longer to read than the orders that it leaves out.
        if (rareChannel) {
            parts.add(SearchWord.channelInIndex(segment.no(), filter.channel()));
        }
        if (rareCountry || parts.isEmpty()) {
            parts.add(SearchWord.countryInIndex(segment.no(), filter.country()));
        }
        return String.join(" & ", parts);
    }

    /** Whether nothing that was placed until then can come before what was found. */
    private boolean complete(Instant lastPlaced) {
        return found.size() >= limit
                && found.stream().skip(limit - 1L).findFirst().orElseThrow().placedAt().isAfter(lastPlaced);
    }

    /** What the filter asks of an order {@code o} with its text, and the sequence and limit of the page. */
    private String conditions(SqlParameters parameters) {
        StringBuilder conditions = new StringBuilder();
        words.forEach(word -> conditions.append(" and ").append(word.inText("o.text", parameters)));
        conditions.append(OrderFinder.channel(filter, parameters))
                .append(country("o", parameters))
                .append(OrderFinder.following(filter, after, "o.order_id", parameters));
        if (!filter.anyStatus()) {
            // A subquery, so that no plan begins with the states.
            conditions.append(" and (select ")
                    .append(state("s", parameters))
                    .append(" from order_state s where s.order_id = o.order_id)");
        }
        return conditions + " order by o.placed_at desc, o.order_id desc limit " + parameters.apply(limit);
    }

    /** What the filter asks of a row of {@code order_state}. */
    private String state(String state, SqlParameters parameters) {
        return state + ".status = any(" + parameters.apply(OrderFinder.names(filter)) + ")"
                + OrderFinder.step(filter, state, parameters);
    }

    private String country(String text, SqlParameters parameters) {
        return filter.country() == null ? "" : " and " + text + ".country = " + parameters.apply(filter.country());
    }

    private Uni<?> add(String sql, SqlParameters parameters) {
        return OrderFinder.execute(database, "/* search */ " + sql, parameters)
                .invoke(rows -> found.addAll(OrderFinder.keys(rows)));
    }

    private record Segment(int no, Instant lastPlaced) {}
}
