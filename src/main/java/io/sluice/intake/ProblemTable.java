package io.sluice.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

import io.sluice.json.InputError;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Fetched orders that need a person, in the database. */
@ApplicationScoped
class ProblemTable {
    /** Longer orders are kept without their content. */
    private static final int MAX_CONTENT = 16 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String VIEW = """
            /* import problems */
            select p.id, p.channel, p.external_id, o.id as order_id, p.content, p.errors, p.seen_at, p.retry_at
            from import_problem p
            left join orders o on o.channel = p.channel and o.external_id = p.external_id
            where p.marketplace = $1
            """;

    private final Pool pool;

    ProblemTable(Pool pool) {
        this.pool = pool;
    }

    /** An order that is to be fetched again. */
    record Retry(long id, String channel, String externalId) {}

    /**
     * Keeps orders with their problem: one that was kept before stays the same entry. Removes what was kept of orders
     * that need a person no more. A page may list an order twice, as it was and as cancelled; then the problem stays.
     */
    Uni<Void> update(String marketplace, List<PendingOrder> settled, List<PendingOrder> kept) {
        Set<String> keys = settled.stream().map(ProblemTable::key).collect(Collectors.toSet());
        kept.forEach(order -> keys.remove(key(order)));
        return settle(marketplace, keys).chain(() -> keep(marketplace, kept));
    }

    private Uni<Void> keep(String marketplace, List<PendingOrder> orders) {
        return orders.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery("""
                        /* keep problem */
                        insert into import_problem (marketplace, key, channel, external_id, content, errors)
                        values ($1, $2, $3, $4, $5, $6)
                        on conflict (marketplace, key) do update
                        set content = excluded.content, errors = excluded.errors, seen_at = now(), retry_at = null
                        """)
                        .executeBatch(orders.stream()
                                .map(order -> Tuple.of(marketplace, key(order), order.channel(), order.externalId(),
                                        order.content().length() > MAX_CONTENT ? null : order.content(),
                                        toJson(order.errors())))
                                .toList())
                        .replaceWithVoid();
    }

    private Uni<Void> settle(String marketplace, Set<String> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery("delete from import_problem where marketplace = $1 and key = any($2)")
                        .execute(Tuple.tuple().addString(marketplace).addArrayOfString(keys.toArray(String[]::new)))
                        .replaceWithVoid();
    }

    /** The same as long as the order is: its content may change. */
    private static String key(PendingOrder order) {
        return order.externalId() == null
                ? "?" + UUID.nameUUIDFromBytes(order.content().getBytes(UTF_8))
                : (order.channel() == null ? "?" : order.channel()) + "/" + order.externalId();
    }

    /** The kept orders, newest first, up to {@code limit} of those with a lower id than {@code before}. */
    Uni<List<ProblemView>> views(String marketplace, long before, int limit) {
        return pool.preparedQuery(VIEW + " and p.id < $2 order by p.id desc limit $3")
                .execute(Tuple.of(marketplace, before, limit))
                .map(rows -> Rows.all(rows, ProblemTable::view));
    }

    /** One of them, or null. */
    Uni<ProblemView> view(String marketplace, long id) {
        return pool.preparedQuery(VIEW + " and p.id = $2")
                .execute(Tuple.of(marketplace, id))
                .map(rows -> Rows.one(rows, ProblemTable::view).orElse(null));
    }

    /** Has an order fetched again; false if there is no such order or it has no number. */
    Uni<Boolean> requestRetry(SqlClient transaction, String marketplace, long id) {
        return transaction.preparedQuery("""
                /* retry problem */
                update import_problem set retry_at = now()
                where marketplace = $1 and id = $2 and external_id is not null
                """).execute(Tuple.of(marketplace, id)).map(rows -> rows.rowCount() > 0);
    }

    /** The next orders to be fetched again. */
    Uni<List<Retry>> retries(String marketplace, int limit) {
        return pool.preparedQuery("""
                /* problems to retry */
                select id, channel, external_id from import_problem
                where marketplace = $1 and retry_at <= now() order by retry_at limit $2
                """)
                .execute(Tuple.of(marketplace, limit))
                .map(rows -> Rows.all(rows,
                        row -> new Retry(row.getLong(0), row.getString(1), row.getString(2))));
    }

    /** Tries again later. */
    Uni<Void> postpone(Retry retry, Duration wait) {
        return pool
                .preparedQuery(
                        "update import_problem set retry_at = now() + $2 * interval '1 millisecond' where id = $1")
                .execute(Tuple.of(retry.id(), wait.toMillis()))
                .replaceWithVoid();
    }

    /** It was fetched again, and this is its problem now. */
    Uni<Void> found(Retry retry, String problem) {
        return pool
                .preparedQuery("update import_problem set retry_at = null, seen_at = now(), errors = $2 where id = $1")
                .execute(Tuple.of(retry.id(), toJson(List.of(InputError.at("", problem)))))
                .replaceWithVoid();
    }

    /** It was fetched again and stored. If it still has a problem, that was kept as what is known of it now. */
    Uni<Void> done(Retry retry) {
        return pool.preparedQuery("delete from import_problem where id = $1 and retry_at is not null")
                .execute(Tuple.of(retry.id()))
                .replaceWithVoid();
    }

    /** Forgets an order; false if there was none. */
    Uni<Boolean> dismiss(SqlClient transaction, String marketplace, long id) {
        return transaction.preparedQuery("delete from import_problem where marketplace = $1 and id = $2")
                .execute(Tuple.of(marketplace, id))
                .map(rows -> rows.rowCount() > 0);
    }

    private static ProblemView view(Row row) {
        return new ProblemView(row.getLong("id"), row.getString("channel"), row.getString("external_id"),
                row.getUUID("order_id"), errors(row.getString("errors")),
                row.getString("content") == null ? null : tree(row.getString("content")),
                Rows.instant(row, "seen_at"), Rows.instant(row, "retry_at"));
    }

    private static String toJson(List<InputError> errors) {
        ArrayNode array = JSON.createArrayNode();
        errors.forEach(error -> array.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
        return array.toString();
    }

    private static List<InputError> errors(String json) {
        List<InputError> errors = new ArrayList<>();
        tree(json).forEach(error -> errors
                .add(InputError.at(error.path("pointer").asText(), error.path("detail").asText())));
        return errors;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
