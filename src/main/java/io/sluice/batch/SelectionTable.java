package io.sluice.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.OrderFilter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.PreparedStatement;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Finds the orders that requests ask for. Nothing is locked: what is found free may be taken a moment later. */
@ApplicationScoped
class SelectionTable {
    private static final int PAGE = 5000;
    /** How each of these orders stands, unknown ones included, in the sequence given. */
    Uni<List<Candidate>> candidates(SqlClient client, Collection<UUID> orders) {
        return client.preparedQuery("""
                select s.order_id, s.status, b.id
                from order_state s left join batch b on b.id = s.batch_id and %s
                where s.order_id = any($1)
                """.formatted(BatchFillTable.AT_WORK)).execute(Tuple.of(orders.toArray(UUID[]::new))).map(rows -> {
            Map<UUID, Candidate> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getUUID(0), Candidate.of(row)));
            return orders.stream().map(id -> found.getOrDefault(id, Candidate.unknown(id))).toList();
        });
    }

    /** How many of the matches are free, counted up to {@code limit}. */
    Uni<Integer> countFree(SqlClient client, OrderFilter filter, int limit) {
        return count(client, FilterQuery.free(filter, limit));
    }

    /** The free ones of the matches, up to {@code limit}; read in pages, so that nobody waits for all of them. */
    Uni<List<UUID>> free(SqlConnection transaction, OrderFilter filter, int limit) {
        FilterQuery query = FilterQuery.free(filter, limit);
        List<UUID> ids = new ArrayList<>();
        return transaction.prepare(query.ids())
                .chain(statement -> read(statement, query.parameters(), ids))
                .replaceWith(ids);
    }

    private static Uni<Void> read(PreparedStatement statement, Tuple parameters, List<UUID> into) {
        Cursor cursor = statement.cursor(parameters);
        return Uni.createFrom()
                .deferred(() -> cursor.read(PAGE))
                .repeat()
                .whilst(page -> cursor.hasMore())
                .invoke(page -> page.forEach(row -> into.add(row.getUUID(0))))
                .collect()
                .last()
                .chain(statement::close);
    }

    /** The matches that are not free: {@code named} of them as they stand, and how many there are, up to {@code limit}. */
    Uni<Void> notFree(SqlClient client, OrderFilter filter, int named, int limit, Rejections into) {
        FilterQuery first = FilterQuery.notFree(filter, named);
        return client.preparedQuery(first.candidates()).execute(first.parameters()).chain(rows -> {
            List<Rejected> rejected = new ArrayList<>(rows.size());
            rows.forEach(row -> rejected.add(Candidate.of(row).rejected()));
            Uni<Integer> all = rejected.size() < named
                    ? Uni.createFrom().item(rejected.size())
                    : count(client, FilterQuery.notFree(filter, limit));
            return all.invoke(count -> into.add(rejected, count));
        }).replaceWithVoid();
    }

    private static Uni<Integer> count(SqlClient client, FilterQuery query) {
        return client.preparedQuery(query.count())
                .execute(query.parameters())
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
