package io.sluice.http;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * What only requests change in the database, but not what the service itself goes on changing meanwhile: an order's
 * steps, a batch's counts, a delivery's tries. Of the orders, only those since a given time: thousands are of earlier tests,
 * and no request to come names one of them.
 */
public final class AskedForState {
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("orders", "select o.*::text from orders o where o.received_at >= $1");
        PARTS.put("audit", "select a.*::text from audit a");
        PARTS.put("erasures of persons", "select p.*::text from person_erasure p");
        PARTS.put("cancelled orders", "select order_id::text from order_state where status = 'CANCELLED'");
        PARTS.put("batches", """
                select concat_ws(' ', id, print_order, on_failure, printer, started_by, selection, total, rejected, \
                created_at, ends_as = 'ABORTED') from batch""");
        PARTS.put("paused partners", "select name || coalesce(pause_reason, '') from partner where state = 'PAUSED'");
        PARTS.put("webhooks", """
                select concat_ws(' ', id, url, event_types::text, channel, secret::text, previous_secret::text, \
                disabled_at) from webhook""");
        PARTS.put("deliveries of tests", "select message_id from webhook_delivery where xid is null");
        PARTS.put("problems of imports", "select id::text from import_problem");
        // An order that has changed meanwhile is a final answer, too.
        PARTS.put("keys", "select concat(caller, key, status) from idempotency_key where status is distinct from 409");
    }

    private static final String QUERY = PARTS.entrySet()
            .stream()
            .map(part -> "(select md5(string_agg(row, ',' order by row)) from (%s) as rows (row)) as \"%s\""
                    .formatted(part.getValue(), part.getKey()))
            .reduce((left, right) -> left + ", " + right)
            .map("select "::concat)
            .orElseThrow();

    private AskedForState() {}

    /** The name of each part, and a hash of its rows. */
    public static Map<String, String> of(Pool database, OffsetDateTime since) {
        var row = database.preparedQuery(QUERY).executeAndAwait(Tuple.of(since)).iterator().next();
        Map<String, String> hashes = new LinkedHashMap<>();
        PARTS.keySet().forEach(part -> hashes.put(part, String.valueOf(row.getString(part))));
        return hashes;
    }
}
