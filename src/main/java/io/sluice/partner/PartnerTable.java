package io.sluice.partner;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.order.Partner;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * How each partner is doing, in the database: the truth for all workers. Every change is one conditional update, so
 * that of many who find the same thing out one makes it so, and an event that tells everybody.
 */
@ApplicationScoped
public class PartnerTable {
    /** Characters that the reason of a pause may have. */
    public static final int MAX_REASON = 200;
    /** A worker's counts are old when it has not written them for so long: it has gone. */
    private static final String VIEW = """
            select p.name, p.kind, p.state, p.since, p.pause_reason,
                case p.state when 'DOWN' then p.next_probe_at end as next_probe_at,
                   (select count(*) from (select from order_state s where s.held_by = p.name limit 100000) h)
                   + case when p.state = 'UP' then 0 else
                     (select count(*) from lane l join order_state s on s.lane = l.name and s.held_by is null
                      where l.printer = p.name) end as held,
                   (select coalesce(sum(t.failures)::float8 / nullif(sum(t.calls), 0), 0) from partner_traffic t
                    where t.partner = p.name and t.measured_at > now() - interval '5 seconds') as failure_rate
            from partner p where p.name = any($1)
            order by array_position(array['carrier', 'printer', 'marketplace'], p.kind), p.name <> p.kind, p.name
            """;

    private final Pool pool;
    private final PartnerDirectory directory;
    private final AuditLog audit;
    private final ObjectMapper json;

    PartnerTable(Pool pool, PartnerDirectory directory, AuditLog audit, ObjectMapper json) {
        this.audit = audit;
        this.directory = directory;
        this.pool = pool;
        this.json = json;
    }

    /** All partners that are configured, by kind and name; the default one of each kind comes first. */
    public Uni<List<PartnerView>> views() {
        return views(pool, directory.all().stream().map(Partner::name).toArray(String[]::new));
    }

    /** What a worker needs to know of all partners, several times a second. */
    public Uni<List<Status>> statuses() {
        return pool
                .preparedQuery(
                        """
                                /* partner statuses */
                                select name, state, coalesce(next_probe_at <= now(), false),
                                       state = 'UP' and (resumed_at is not null
                                           or exists (select from order_state where held_by = name)),
                                       extract(epoch from now() - since)::float8, last_success_at, now()
                                from partner
                                """)
                .execute()
                .map(rows -> {
                    List<Status> statuses = new ArrayList<>();
                    for (Row row : rows) {
                        // A row may be left of a partner that is not configured any more.
                        directory.find(row.getString(0))
                                .ifPresent(partner -> statuses
                                        .add(new Status(partner, PartnerState.valueOf(row.getString(1)),
                                                row.getBoolean(2), row.getBoolean(3), row.getDouble(4),
                                                instant(row.getOffsetDateTime(5)),
                                                instant(row.getOffsetDateTime(6)))));
                    }
                    return statuses;
                });
    }

    /** The partner is down; false if that was known. */
    public Uni<Boolean> down(Partner partner, Duration untilProbe) {
        return toldIfChanged(partner, null, """
                update partner set state = 'DOWN', since = now(), probes = 0,
                       next_probe_at = now() + $2 * interval '1 millisecond'
                where name = $1 and state = 'UP'
                """, Tuple.of(partner.name(), untilProbe.toMillis()));
    }

    /** The partner answers again. */
    public Uni<Boolean> up(Partner partner) {
        return toldIfChanged(partner, null,
                """
                        update partner set state = 'UP', since = now(), next_probe_at = null, probe_order = null,
                            resumed_at = null
                        where name = $1 and state in ('DOWN', 'PROBING')
                        """,
                Tuple.of(partner.name()));
    }

    /**
     * Has the partner called no more until it is resumed. One that is paused already takes the reason, if there is one.
     *
     * @param reason why, or null
     * @param by     who asks for it
     * @return the partner as it is then; null if there is none of that name
     */
    public Uni<PartnerView> pause(String name, String reason, Requester by) {
        return changedByHand(name, by, AuditAction.PARTNER_PAUSE,
                """
                        update partner set state = 'PAUSED', since = case state when 'PAUSED' then since else now() end,
                               was_down = case state when 'PAUSED' then was_down else state <> 'UP' end,
                               pause_reason = $2::text, next_probe_at = null, probes = 0, probe_order = null
                        where name = $1 and (state <> 'PAUSED' or $2::text is not null
                            and pause_reason is distinct from $2::text)
                        """,
                Tuple.of(name, reason));
    }

    /**
     * Has a paused partner called again; one that is not paused stays as it is. One that was down when it was paused counts
     * as down until a probe, which is made at once, succeeds: else its orders would spend attempts to find that out anew.
     *
     * @param by who asks for it
     * @return the partner as it is then; null if there is none of that name
     */
    public Uni<PartnerView> resume(String name, Requester by) {
        return changedByHand(name, by, AuditAction.PARTNER_RESUME, """
                update partner set state = case when was_down then 'DOWN' else 'UP' end, since = now(),
                       next_probe_at = case when was_down then now() end, was_down = false, pause_reason = null,
                       resumed_at = null
                where name = $1 and state = 'PAUSED'
                """, Tuple.of(name));
    }

    private Uni<PartnerView> changedByHand(String name, Requester by, AuditAction action, String update,
            Tuple parameters) {
        return directory.find(name)
                .map(partner -> pool
                        .withTransaction(transaction -> byHand(transaction, name)
                                .chain(before -> toldIfChanged(transaction, partner, by.name(), update, parameters)
                                        .chain(changed -> changed
                                                ? byHand(transaction, name)
                                                        .chain(after -> audit.record(transaction, by, action, name,
                                                                Change.between(before, after)))
                                                : Uni.createFrom().voidItem())))
                        .chain(changed -> views(pool, new String[]{name}))
                        .map(views -> views.get(0)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    /** Locks the partner's row, and emits what people may change of it. */
    private static Uni<JsonObject> byHand(SqlClient transaction, String name) {
        return transaction
                .preparedQuery(
                        """
                                select jsonb_build_object('state', state, 'reason', pause_reason) from partner where name = $1 for update
                                """)
                .execute(Tuple.of(name))
                .map(rows -> rows.iterator().next().getJsonObject(0));
    }

    /**
     * Tells everybody who follows the events how the partner is doing now. Needs the lock of the partner's row, so that
     * the last event is the true one.
     */
    private Uni<Void> tell(SqlClient transaction, Partner partner, String actor) {
        return views(transaction, new String[]{partner.name()})
                .chain(views -> transaction
                        .preparedQuery(
                                "insert into event_log (kind, data, actor, at) values ('partner', $1, $2, clock_timestamp())")
                        .execute(Tuple.of(toJson(views.get(0)), actor)))
                .replaceWithVoid();
    }

    /**
     * Writes down what a worker has counted, and deletes what a worker that is gone has left.
     *
     * @param lastSuccess when a call last succeeded; null if that is not known
     */
    public Uni<Void> count(String worker, Partner partner, PartnerTraffic.Count count, Instant lastSuccess) {
        return pool
                .preparedQuery(
                        """
                                /* partner traffic */
                                with gone as (
                                    delete from partner_traffic where measured_at < now() - interval '1 hour'
                                ), success as (
                                    update partner set last_success_at = $5
                                    where name = $1 and (last_success_at is null or last_success_at < $5)
                                )
                                insert into partner_traffic (partner, worker, calls, failures, measured_at)
                                    values ($1, $2, $3, $4, now())
                                on conflict (partner, worker) do update
                                set calls = excluded.calls, failures = excluded.failures,
                                    measured_at = excluded.measured_at
                                """)
                .execute(Tuple.of(partner.name(), worker, count.calls(), count.failures(),
                        lastSuccess == null ? null : lastSuccess.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Makes a change of a partner and, if it was made, tells everybody who follows the events. */
    public <T> Uni<Optional<T>> changed(Partner partner, Function<SqlClient, Uni<Optional<T>>> change) {
        return pool.withTransaction(transaction -> change.apply(transaction)
                .chain(made -> made.isPresent()
                        ? tell(transaction, partner, null).replaceWith(made)
                        : Uni.createFrom().item(made)));
    }

    private Uni<Boolean> toldIfChanged(Partner partner, String actor, String update, Tuple parameters) {
        return pool
                .withTransaction(transaction -> toldIfChanged(transaction, partner, actor, update, parameters));
    }

    private Uni<Boolean> toldIfChanged(SqlClient transaction, Partner partner, String actor, String update,
            Tuple parameters) {
        return changed(transaction.preparedQuery(update).execute(parameters))
                .chain(changed -> changed
                        ? tell(transaction, partner, actor).replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    private static Uni<Boolean> changed(Uni<io.vertx.mutiny.sqlclient.RowSet<Row>> update) {
        return update.map(rows -> rows.rowCount() > 0);
    }

    private static Uni<List<PartnerView>> views(SqlClient client, String[] names) {
        return client.preparedQuery(VIEW).execute(Tuple.tuple().addArrayOfString(names)).map(rows -> {
            List<PartnerView> views = new ArrayList<>();
            for (Row row : rows) {
                views.add(new PartnerView(row.getString("name"), row.getString("kind"),
                        PartnerState.valueOf(row.getString("state")),
                        instant(row.getOffsetDateTime("since")), instant(row.getOffsetDateTime("next_probe_at")),
                        row.getDouble("failure_rate"), row.getLong("held"), row.getString("pause_reason")));
            }
            return views;
        });
    }

    private static Instant instant(OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private String toJson(PartnerView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param probeDue     whether it is time to probe it
     * @param releasing    whether it works and orders are being released, or are to be
     * @param sinceSeconds seconds since its state changed
     * @param lastSuccess  when a call last succeeded, or null
     * @param now          the database's time
     */
    public record Status(Partner partner, PartnerState state, boolean probeDue, boolean releasing, double sinceSeconds,
            Instant lastSuccess, Instant now) {}
}
