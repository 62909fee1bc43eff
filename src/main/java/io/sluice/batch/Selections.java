package io.sluice.batch;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.http.ProblemException;
import io.sluice.json.InputError;
import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;
import io.sluice.store.OrderFinder;
import io.sluice.store.PageCursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Finds the orders that a request asks for. Nothing is locked: an order that is free may be taken a moment later. */
@ApplicationScoped
class Selections {
    private static final int MAX_ORDERS = 1_000_000;
    /** Counting on would cost more than it tells. */
    private static final int MAX_REJECTED = 20_000;
    /** The same for those of a text or of another condition: it costs more to find them. */
    private static final int MAX_REJECTED_IF_NOT_SIMPLE = 1000;
    private static final int PAGE = 5000;

    private static final Set<OrderStatus> FREE = Arrays.stream(OrderStatus.values())
            .filter(OrderStatus::awaitsPerson)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(OrderStatus.class)));
    /** FAILED orders among them: another batch may still have one. */
    private static final Set<OrderStatus> NOT_FREE = EnumSet.complementOf(EnumSet.of(OrderStatus.RECEIVED));
    private static final Set<OrderStatus> NEVER_FREE = EnumSet.complementOf(EnumSet.copyOf(FREE));

    /**
     * The matches of a filter in the sequence of the table. Each status is looked for by itself: there the index has
     * the orders in that sequence, so that the first ones cost little however many follow.
     */
    private static final String MATCHES = """
             from unnest($1::text[]) wanted(status) cross join lateral (
                select c.order_id, c.placed_at, c.status, c.busy_batch
                from batch_candidate c
                where c.status = wanted.status and %s
                order by c.placed_at desc, c.order_id desc limit $2) found
            order by found.placed_at desc, found.order_id desc limit $2
            """;

    /** How many they are, without their sequence. */
    private static final String COUNT = """
            select least($2, count(*)) from unnest($1::text[]) wanted(status) cross join lateral (
                select from batch_candidate c where c.status = wanted.status and %s limit $2) found
            """;

    private final Pool pool;
    private final OrderFinder finder;

    Selections(Pool pool, OrderFinder finder) {
        this.pool = pool;
        this.finder = finder;
    }

    /** @throws ProblemException 422 if a filter has more matches than a batch can take */
    Uni<Selection> read(BatchRequest request) {
        Selection selection = new Selection();
        Uni<Integer> found = request.filter() == null
                ? list(pool, request.orderIds(), selection)
                : match(request.filter(), selection, (snapshot, free) -> readAll(snapshot, free, selection));
        return found.replaceWith(selection);
    }

    /** Like {@link #read}, but only tells how many orders there are. */
    Uni<BatchPreview> preview(BatchRequest request) {
        Selection selection = new Selection();
        Uni<Integer> found = request.filter() == null
                ? list(pool, request.orderIds(), selection)
                : match(request.filter(), selection, (snapshot, free) -> count(snapshot, free)
                        .call(() -> countRetried(snapshot, request.filter(), selection)));
        return found.map(total -> BatchPreview.of(request, total, selection));
    }

    /** Rejects orders that could not be taken, because of how they stand now. */
    Uni<Void> reject(Collection<UUID> orders, Selection selection) {
        return candidates(pool, orders).invoke(rows -> rows.forEach(row -> selection.reject(Rejected.of(row))))
                .replaceWithVoid();
    }

    private Uni<Integer> list(SqlClient database, Collection<UUID> orders, Selection selection) {
        return candidates(database, orders).map(rows -> {
            for (Row row : rows) {
                if (row.getBoolean("free")) {
                    selection.add(row.getUUID("order_id"));
                    selection.retries(OrderStatus.FAILED.name().equals(row.getString("status")) ? 1 : 0);
                } else {
                    selection.reject(Rejected.of(row));
                }
            }
            return selection.orders().size();
        });
    }

    /** These orders in the sequence given; an unknown one has no status. */
    private static Uni<RowSet<Row>> candidates(SqlClient database, Collection<UUID> orders) {
        return database.preparedQuery("""
                select order_id, c.status, c.busy_batch, coalesce(c.free, false) as free
                from unnest($1::uuid[]) with ordinality as listed(order_id, place)
                     left join batch_candidate c using (order_id)
                order by place
                """).execute(Tuple.of(orders.toArray(UUID[]::new)));
    }

    /**
     * Every query sees the same state. They only read, so no reader of the event log waits for them.
     *
     * @param read reads the free matches, and gives how many there are
     */
    private Uni<Integer> match(OrderFilter filter, Selection selection,
            BiFunction<SqlConnection, Matches, Uni<Integer>> read) {
        return pool.withTransaction(snapshot -> snapshot
                .query("set transaction isolation level repeatable read, read only")
                .execute()
                .chain(() -> filter.simple()
                        ? read.apply(snapshot, Matches.of(filter, FREE, "c.free", MAX_ORDERS + 1))
                                .invoke(Selections::checkSize)
                                .call(() -> rejectMatches(snapshot, filter, selection))
                        : search(snapshot, filter, selection)));
    }

    /** The matches of any filter, page by page: those that can be taken, and then the first of the others. */
    private Uni<Integer> search(SqlClient snapshot, OrderFilter filter, Selection selection) {
        return searchPages(snapshot, filter.within(FREE), null, selection)
                .chain(() -> find(snapshot, filter.within(NEVER_FREE), null, MAX_REJECTED_IF_NOT_SIMPLE))
                .chain(others -> list(snapshot, ids(others), selection));
    }

    private Uni<Void> searchPages(SqlClient snapshot, OrderFilter filter, PageCursor after, Selection selection) {
        return find(snapshot, filter, after, PAGE).chain(page -> list(snapshot, ids(page), selection)
                .invoke(Selections::checkSize)
                .chain(() -> page.size() < PAGE
                        ? Uni.createFrom().voidItem()
                        : searchPages(snapshot, filter, page.get(PAGE - 1), selection)));
    }

    private Uni<List<PageCursor>> find(SqlClient snapshot, OrderFilter filter, PageCursor after, int limit) {
        return filter == null
                ? Uni.createFrom().item(List.of())
                : finder.find(snapshot, filter, after, limit);
    }

    private static List<UUID> ids(List<PageCursor> keys) {
        return keys.stream().map(PageCursor::id).toList();
    }

    private static void checkSize(int orders) {
        if (orders > MAX_ORDERS) {
            throw ProblemException.invalid(List.of(InputError.at("/filter",
                    "More than " + MAX_ORDERS + " orders match that could be taken; narrow the filter down.")));
        }
    }

    /** Reads in pages, so that other work is not held up. */
    private static Uni<Integer> readAll(SqlConnection snapshot, Matches matches, Selection selection) {
        return snapshot.prepare("select found.order_id" + matches.sql()).chain(statement -> {
            Cursor cursor = statement.cursor(matches.parameters());
            return Uni.createFrom()
                    .deferred(() -> cursor.read(PAGE))
                    .repeat()
                    .whilst(page -> cursor.hasMore())
                    .invoke(page -> page.forEach(row -> selection.add(row.getUUID("order_id"))))
                    .collect()
                    .last()
                    .chain(statement::close);
        }).map(closed -> selection.orders().size());
    }

    private static Uni<?> countRetried(SqlConnection snapshot, OrderFilter filter, Selection selection) {
        return count(snapshot, Matches.of(filter, EnumSet.of(OrderStatus.FAILED), "c.free", MAX_ORDERS))
                .invoke(selection::retries);
    }

    private static Uni<Integer> count(SqlConnection snapshot, Matches matches) {
        return snapshot.preparedQuery(COUNT.formatted(matches.condition()))
                .execute(matches.parameters())
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    /** Names the first matches that are not free, and counts the others. */
    private static Uni<Void> rejectMatches(SqlConnection snapshot, OrderFilter filter, Selection selection) {
        Matches first = Matches.of(filter, NOT_FREE, "not c.free", Selection.MAX_NAMED);
        return snapshot.preparedQuery("select found.*" + first.sql())
                .execute(first.parameters())
                .invoke(rows -> rows.forEach(row -> selection.reject(Rejected.of(row))))
                .chain(rows -> rows.size() < Selection.MAX_NAMED
                        ? Uni.createFrom().voidItem()
                        : count(snapshot, Matches.of(filter, NOT_FREE, "not c.free", MAX_REJECTED))
                                .invoke(all -> selection.rejectUnnamed(all - rows.size()))
                                .replaceWithVoid());
    }

    /** Up to {@code limit} orders that match a filter. */
    private record Matches(String condition, Tuple parameters) {

        /** All that follows the columns of a statement that finds them. */
        String sql() {
            return MATCHES.formatted(condition);
        }

        static Matches of(OrderFilter filter, Set<OrderStatus> statuses, String condition, int limit) {
            Tuple parameters = Tuple.of(
                    statuses.stream().filter(filter::shows).map(OrderStatus::name).toArray(String[]::new), limit);
            if (filter.channel() == null) {
                return new Matches(condition, parameters);
            }
            return new Matches(condition + " and c.channel = $3", parameters.addValue(filter.channel()));
        }
    }
}
