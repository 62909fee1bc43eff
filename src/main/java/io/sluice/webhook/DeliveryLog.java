package io.sluice.webhook;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** What has become of the messages of an endpoint, and sending them again. */
@ApplicationScoped
class DeliveryLog {
    /** Deliveries that one statement replays. */
    private static final int PART = 5000;

    /** More are not worth the time. */
    public static final int MAX_COUNTED = 10_000;

    private final AuditLog audit;
    private final Pool pool;

    DeliveryLog(AuditLog audit, Pool pool) {
        this.audit = audit;
        this.pool = pool;
    }

    /** @param before the last delivery of the page before; null for the first page */
    Uni<DeliveryPage> page(UUID webhook, Set<DeliveryStatus> status, Long before, int limit) {
        return pool.preparedQuery("""
                select %s from webhook_delivery
                where webhook_id = $1 and id < $2 and (cardinality($3::text[]) = 0 or state = any($3))
                order by id desc limit $4
                """.formatted(DeliveryView.COLUMNS))
                .execute(Tuple.of(webhook, before == null ? Long.MAX_VALUE : before,
                        status.stream().map(Enum::name).toArray(String[]::new), limit + 1))
                .map(rows -> {
                    List<DeliveryView> found = Rows.all(rows, DeliveryView::of);
                    return found.size() <= limit
                            ? new DeliveryPage(found, null)
                            : new DeliveryPage(found.subList(0, limit), Long.toString(found.get(limit - 1).id()));
                });
    }

    /** How many messages failed for good, up to {@link #MAX_COUNTED}. */
    Uni<Long> failed(UUID webhook) {
        return pool.preparedQuery("""
                /* failed deliveries */
                select count(*) from (
                    select from webhook_delivery where webhook_id = $1 and state = 'FAILED' limit $2) failed
                """).execute(Tuple.of(webhook, MAX_COUNTED)).map(rows -> rows.iterator().next().getLong(0));
    }

    /** Makes a message of the type {@code webhook.test}. */
    Uni<DeliveryView> test(UUID webhook, Requester by) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                insert into webhook_delivery (webhook_id, message_id, type, event_at)
                values ($1, 'test-' || gen_random_uuid(), 'webhook.test', now())
                returning %s
                """.formatted(DeliveryView.COLUMNS))
                .execute(Tuple.of(webhook))
                .map(rows -> DeliveryView.of(rows.iterator().next()))
                .call(() -> audit.record(transaction, by, AuditAction.WEBHOOK_TEST, webhook, Change.UNSAID)));
    }

    /** Sends a message again, with all tries. Emits null if there is none. */
    Uni<DeliveryView> replay(UUID webhook, long delivery, Requester by) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                /* replay delivery */
                update webhook_delivery
                set state = 'PENDING', attempts = 0, sending = false, claim = claim + 1, due_at = now()
                where webhook_id = $1 and id = $2
                returning %s
                """.formatted(DeliveryView.COLUMNS))
                .execute(Tuple.of(webhook, delivery))
                .map(rows -> Rows.one(rows, DeliveryView::of).orElse(null))
                .call(replayed -> replayed == null
                        ? Uni.createFrom().voidItem()
                        : recordReplay(transaction, webhook, JsonObject.of("delivery", delivery), by)));
    }

    /**
     * Sends messages again, with all tries.
     *
     * @param status of these only; empty for all
     * @param from   of events at this time or later; null for all
     * @param to     of events before this time; null for all
     * @param by     who asks for it
     * @return how many
     */
    Uni<Long> replay(UUID webhook, Set<DeliveryStatus> status, Instant from, Instant to, Requester by) {
        return newest().chain(last -> replay(webhook, status, from, to, by, 0, last));
    }

    private Uni<Long> newest() {
        return pool.query("select coalesce(max(id), 0) from webhook_delivery")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<Long> replay(UUID webhook, Set<DeliveryStatus> status, Instant from, Instant to, Requester by,
            long after, long last) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                /* replay deliveries */
                with part as (
                    select id from webhook_delivery
                    where webhook_id = $1 and id > $2 and id <= $3
                      and (cardinality($4::text[]) = 0 or state = any($4))
                      and ($5::timestamptz is null or event_at >= $5) and ($6::timestamptz is null or event_at < $6)
                    order by id limit $7 for update),
                again as (
                    update webhook_delivery d
                    set state = 'PENDING', attempts = 0, sending = false, claim = d.claim + 1, due_at = now()
                    from part where d.id = part.id
                    returning d.id)
                select count(*), max(id) from again
                """)
                .execute(Tuple.from(Arrays.asList(webhook, after, last,
                        status.stream().map(Enum::name).toArray(String[]::new), time(from), time(to), PART)))
                .map(rows -> rows.iterator().next())
                .call(() -> after > 0
                        ? Uni.createFrom().voidItem()
                        : recordReplay(transaction, webhook, asked(status, from, to), by)))
                .chain(row -> row.getLong(0) < PART
                        ? Uni.createFrom().item(row.getLong(0))
                        : replay(webhook, status, from, to, by, row.getLong(1), last).map(rest -> rest + PART));
    }

    private Uni<Void> recordReplay(SqlConnection transaction, UUID webhook, JsonObject which, Requester by) {
        return audit.record(transaction, by, AuditAction.WEBHOOK_REPLAY, webhook, Change.to(which));
    }

    private static JsonObject asked(Set<DeliveryStatus> status, Instant from, Instant to) {
        return JsonObject.of("status", new JsonArray(status.stream().map(Enum::name).toList()), "from",
                from == null ? null : from.toString(), "to", to == null ? null : to.toString());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
