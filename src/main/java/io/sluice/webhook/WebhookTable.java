package io.sluice.webhook;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** The statements about endpoints. */
@ApplicationScoped
class WebhookTable {
    /** Each event is matched against every endpoint. */
    static final int MAX_WEBHOOKS = 100;

    static final String GONE = "gone";
    static final String FAILING = "failing";
    private static final String REQUEST = "request";

    /** What {@link #webhook} reads. */
    static final String COLUMNS = "id, url, event_types, channel, secret, previous_secret, previous_until, failing_since,"
            + " disabled_at, disabled_reason, missed_at, created_at";

    private final Pool pool;

    WebhookTable(Pool pool) {
        this.pool = pool;
    }

    /** What a new endpoint is told. */
    record Settings(WebhookUrl url, Set<EventType> eventTypes, String channel) {}

    /**
     * What is to be changed; null for what stays.
     *
     * @param otherChannel whether the channel changes: null then stands for all
     */
    record Change(WebhookUrl url, Set<EventType> eventTypes, boolean otherChannel, String channel, Boolean enabled) {}

    /** Makes an endpoint, which gets what happens from now on. Emits null if there are too many. */
    Uni<Webhook> create(SqlClient transaction, UUID id, Settings settings, SigningSecret secret) {
        return one(transaction.preparedQuery("""
                /* create webhook */
                insert into webhook (id, url, event_types, channel, secret, cursor_xid, cursor_id)
                select $1, $2, $3, $4, $5, log_horizon(), 0 where (select count(*) from webhook) < $6
                returning %s
                """.formatted(COLUMNS))
                .execute(Tuple.from(Arrays.asList(id, settings.url().toString(), names(settings.eventTypes()),
                        settings.channel(), Buffer.buffer(secret.key()), (long) MAX_WEBHOOKS))));
    }

    Uni<List<Webhook>> all() {
        return pool.query("select %s from webhook order by created_at, id".formatted(COLUMNS))
                .execute()
                .map(rows -> Rows.all(rows, WebhookTable::webhook));
    }

    /** Those that a person should look at. */
    Uni<List<Webhook>> troubled() {
        return pool.query("""
                select %s from webhook where disabled_reason <> 'request' or missed_at is not null
                order by created_at, id
                """.formatted(COLUMNS)).execute().map(rows -> Rows.all(rows, WebhookTable::webhook));
    }

    /** Null if there is none. */
    Uni<Webhook> find(UUID id) {
        return one(pool.preparedQuery("select %s from webhook where id = $1".formatted(COLUMNS)).execute(Tuple.of(id)));
    }

    /** Locks an endpoint. Emits null if there is none. */
    Uni<Webhook> lock(SqlClient transaction, UUID id) {
        return one(transaction.preparedQuery("select %s from webhook where id = $1 for update".formatted(COLUMNS))
                .execute(Tuple.of(id)));
    }

    /**
     * Changes an endpoint. One that is enabled goes on where it stopped, and what was wrong with it is forgotten. Emits
     * null if there is none.
     */
    Uni<Webhook> change(SqlClient transaction, UUID id, Change change) {
        return one(transaction.preparedQuery("""
                /* change webhook */
                update webhook
                set failing_since = case when $6 or $2 <> url then null else failing_since end,
                    missed_at = case when $6 then null else missed_at end,
                    url = coalesce($2, url), event_types = coalesce($3, event_types),
                    channel = case when $4 then $5 else channel end,
                    disabled_at = case when $6 then null when not $6 then coalesce(disabled_at, now())
                                       else disabled_at end,
                    disabled_reason = case when $6 then null when not $6 then coalesce(disabled_reason, $7)
                                           else disabled_reason end
                where id = $1
                returning %s
                """.formatted(COLUMNS))
                .execute(Tuple.from(Arrays.asList(id, change.url() == null ? null : change.url().toString(),
                        change.eventTypes() == null ? null : names(change.eventTypes()), change.otherChannel(),
                        change.channel(), change.enabled(), REQUEST))));
    }

    private static String[] names(Set<EventType> types) {
        return types.stream().map(EventType::wireName).toArray(String[]::new);
    }

    /** Removes an endpoint. Its deliveries stay until they are old, and are not sent. Emits null if there is none. */
    Uni<Webhook> delete(SqlClient transaction, UUID id) {
        return one(transaction.preparedQuery("delete from webhook where id = $1 returning %s".formatted(COLUMNS))
                .execute(Tuple.of(id)));
    }

    /** Gives an endpoint a new secret; the one before signs, too, for {@code overlap}. Emits null if there is none. */
    Uni<Webhook> rotate(SqlClient transaction, UUID id, SigningSecret secret, Duration overlap) {
        return one(transaction.preparedQuery("""
                /* rotate secret */
                update webhook
                set previous_secret = case when $3 > 0 then secret end,
                    previous_until = case when $3 > 0 then now() + $3 * interval '1 second' end,
                    secret = $2
                where id = $1
                returning %s
                """.formatted(COLUMNS)).execute(Tuple.of(id, Buffer.buffer(secret.key()), overlap.toSeconds())));
    }

    /** Disables an endpoint that wants no more messages. Emits false if it is disabled, or at another place now. */
    Uni<Boolean> disableGone(Webhook webhook) {
        return pool.preparedQuery("""
                update webhook set disabled_at = now(), disabled_reason = $3
                where id = $1 and url = $2 and disabled_at is null
                """)
                .execute(Tuple.of(webhook.id(), webhook.url().toString(), GONE))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Disables an endpoint that has been failing for so long. Emits whether it did. */
    Uni<Boolean> disableFailing(UUID id, Duration patience) {
        return pool.preparedQuery("""
                update webhook set disabled_at = now(), disabled_reason = $3
                where id = $1 and disabled_at is null and failing_since < now() - $2 * interval '1 ms'
                """)
                .execute(Tuple.of(id, patience.toMillis(), FAILING))
                .map(rows -> rows.rowCount() > 0);
    }

    private static Uni<Webhook> one(Uni<RowSet<Row>> rows) {
        return rows.map(found -> Rows.one(found, WebhookTable::webhook).orElse(null));
    }

    static Webhook webhook(Row row) {
        Set<String> types = Set.of(row.getArrayOfStrings("event_types"));
        var previous = row.getBuffer("previous_secret");
        return new Webhook(row.getUUID("id"), WebhookUrl.parse(row.getString("url")),
                Arrays.stream(EventType.values())
                        .filter(type -> types.contains(type.wireName()))
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                row.getString("channel"), new SigningSecret(row.getBuffer("secret").getBytes()),
                previous == null ? null : new SigningSecret(previous.getBytes()),
                Rows.instant(row, "previous_until"), Rows.instant(row, "failing_since"),
                Rows.instant(row, "disabled_at"), row.getString("disabled_reason"), Rows.instant(row, "missed_at"),
                Rows.instant(row, "created_at"));
    }
}
