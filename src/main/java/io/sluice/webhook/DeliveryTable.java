package io.sluice.webhook;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.DatabaseClock;
import io.sluice.store.Rows;
import io.sluice.stream.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The statements that make deliveries of events, and those that send them. */
@ApplicationScoped
class DeliveryTable {
    /** Events that are read at a time. */
    static final int EVENTS = 1000;
    /** With this many pending messages of an endpoint, further events stay in the log. */
    private static final int MAX_PENDING = 10_000;

    private final Pool pool;

    DeliveryTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * An enabled endpoint.
     *
     * @param news whether there are events that no deliveries were made of yet
     */
    record Enabled(Webhook webhook, boolean news) {}

    Uni<List<Enabled>> enabled() {
        return pool.query("""
                /* enabled webhooks */
                select %s, (select true from event_log e
                            where (e.xid, e.id) > (w.cursor_xid, w.cursor_id) and e.xid < (select log_horizon())
                            order by e.xid, e.id limit 1) is not null as news
                from webhook w where disabled_at is null
                """.formatted(WebhookTable.COLUMNS))
                .execute()
                .map(rows -> Rows.all(rows,
                        row -> new Enabled(WebhookTable.webhook(row), row.getBoolean("news"))));
    }

    /**
     * What became of reading the log for an endpoint.
     *
     * @param events how many were read
     * @param missed whether events before them had been removed
     */
    record Dispatched(int events, boolean missed) {
        static final Dispatched NOTHING = new Dispatched(0, false);
    }

    /**
     * Makes deliveries of the next events, and moves the endpoint's cursor behind them, in one transaction. Does nothing
     * while another process does this.
     */
    Uni<Dispatched> dispatch(UUID webhook) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                /* lock webhook cursor */
                select (cursor_xid, cursor_id) < (select xid, id from log_trim) as missed
                from webhook
                where id = $1 and disabled_at is null
                  and not exists (select from webhook_delivery d where d.webhook_id = $1 and d.state = 'PENDING'
                                  offset $2)
                for no key update skip locked
                """)
                .execute(Tuple.of(webhook, (long) MAX_PENDING))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(Dispatched.NOTHING)
                        : dispatch(transaction, webhook, rows.iterator().next().getBoolean("missed"))));
    }

    private static Uni<Dispatched> dispatch(SqlConnection transaction, UUID webhook, boolean missed) {
        return transaction.preparedQuery("""
                /* dispatch webhook events */
                with w as (select * from webhook where id = $1),
                part as materialized (
                    select e.*, webhook_type(e) as type
                    from event_log e
                    where (e.xid, e.id) > (select cursor_xid, cursor_id from w) and e.xid < (select log_horizon())
                    order by e.xid, e.id limit $2),
                made as (
                    insert into webhook_delivery (webhook_id, message_id, type, subject, xid, event_id, event_at)
                    select w.id, p.xid || '-' || p.id, p.type,
                           coalesce(p.order_id::text, p.batch_id::text, p.data::json ->> 'name'), p.xid, p.id, p.at
                    from part p cross join w
                    where (w.event_types = '{}' or p.type = any(w.event_types))
                      and (w.channel is null or w.channel = p.channel)
                    order by p.xid, p.id),
                moved as (
                    update webhook
                    set cursor_xid = newest.xid, cursor_id = newest.id,
                        missed_at = case when $3 then now() else missed_at end
                    from (select xid, id from part order by xid desc, id desc limit 1) newest
                    where webhook.id = $1)
                select count(*) from part
                """)
                .execute(Tuple.of(webhook, EVENTS, missed))
                .map(rows -> rows.iterator().next().getInteger(0))
                .map(events -> new Dispatched(events, missed && events > 0));
    }

    /**
     * Claims messages that are due, in the sequence of their events. Two of the same order are not under way at once; one
     * that failed is overtaken by later ones.
     *
     * @param free  how many of each endpoint may be claimed
     * @param lease how long no other process sends them
     */
    Uni<List<ClaimedDelivery>> claim(Map<UUID, Integer> free, Duration lease) {
        UUID[] webhooks = free.keySet().toArray(UUID[]::new);
        return pool.preparedQuery("""
                /* claim webhook deliveries */
                with due as (
                    select d.id
                    from unnest($1::uuid[], $2::int[]) as w(id, free) cross join lateral (
                        select d.id from webhook_delivery d
                        where d.webhook_id = w.id and d.state = 'PENDING' and d.due_at <= now()
                          and not exists (select from webhook_delivery e
                                          where e.webhook_id = d.webhook_id and e.subject = d.subject
                                            and e.state = 'PENDING' and e.id < d.id and (e.attempts = 0 or e.sending))
                        order by d.due_at, d.id limit w.free for update skip locked) d)
                update webhook_delivery d
                set sending = true, claim = d.claim + 1, due_at = now() + $3 * interval '1 ms'
                from due where d.id = due.id
                returning d.id, webhook_id, claim, message_id, type, xid, event_id, attempts, now() as now
                """)
                .execute(Tuple.of(webhooks, Arrays.stream(webhooks).map(free::get).toArray(Integer[]::new),
                        lease.toMillis()))
                .map(rows -> Rows.all(rows, DeliveryTable::claimed)
                        .stream()
                        .sorted(Comparator.comparingLong(ClaimedDelivery::id))
                        .toList());
    }

    private static ClaimedDelivery claimed(Row row) {
        Long xid = row.getLong("xid");
        return new ClaimedDelivery(row.getLong("id"), row.getUUID("webhook_id"), row.getInteger("claim"),
                row.getString("message_id"), row.getString("type"),
                xid == null ? null : new Position(xid, row.getLong("event_id")), row.getInteger("attempts"),
                DatabaseClock.setTo(Rows.instant(row, "now")));
    }

    /**
     * Records what came of sending a message, unless another process has claimed it since. Notes since when the endpoint
     * fails.
     *
     * @param wait until it is sent again; null if that is not to be
     */
    Uni<Void> record(ClaimedDelivery delivery, Answer answer, Duration wait) {
        DeliveryStatus state = wait != null
                ? DeliveryStatus.PENDING
                : answer.delivered() ? DeliveryStatus.DELIVERED : DeliveryStatus.FAILED;
        return pool.preparedQuery("""
                /* record webhook delivery */
                with sent as (
                    update webhook_delivery
                    set state = $3, attempts = attempts + 1, sending = false, due_at = now() + $4 * interval '1 ms',
                        last_attempt_at = now(), last_status = $5, last_error = $6
                    where id = $1 and claim = $2 and sending
                    returning webhook_id)
                update webhook w
                set failing_since = case when $7 then null else now() end
                from sent
                where w.id = sent.webhook_id and (w.failing_since is not null) = $7
                """)
                .execute(Tuple.from(Arrays.asList(delivery.id(), delivery.claim(), state.name(),
                        wait == null ? null : wait.toMillis(), answer.status(), answer.problem(),
                        answer.endpointWorks())))
                .replaceWithVoid();
    }
}
