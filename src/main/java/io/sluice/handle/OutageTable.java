package io.sluice.handle;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.CallMode;
import io.sluice.order.Partner;
import io.sluice.partner.PartnerConfig;
import io.sluice.partner.PartnerGuard;
import io.sluice.partner.PartnerTable;
import io.sluice.partner.Verdict;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** The probes of a partner that is down, and the orders that it holds. */
@ApplicationScoped
class OutageTable {
    /**
     * The order to probe with: one that the partner has not answered yet, else the one that was tried longest ago, so
     * that all of them are tried in turn. Where few wait for the partner, an error may be theirs.
     */
    private static final String TAKE_PROBE = """
            /* take probe */
            update partner p
            set state = 'PROBING', probes = p.probes + 1, next_probe_at = now() + $2 * interval '1 millisecond',
                probe_order = (select s.order_id from order_state s where s.held_by = p.name
                               order by s.failing_since is not null, s.updated_at, s.rank limit 1),
                probe_counts = (select count(*) < $3 from (
                    select from order_state s where s.held_by = p.name
                    union all
                    select from lane l join order_state s on s.lane = l.name and s.held_by is null
                        where l.printer = p.name
                    limit $3) few)
            where p.name = $1 and p.state in ('DOWN', 'PROBING') and p.next_probe_at <= now()
            returning p.probe_order, p.probe_counts,
                      (select s.lane is not null from order_state s where s.order_id = p.probe_order)
            """;

    /**
     * Releases the next held orders, if no worker has done so just now. Emits those; one row without an order if there
     * are none.
     */
    private static final String RELEASE = """
            /* release held orders */
            with turn as (
                update partner
                -- Once none is left, this is told for the last time.
                set resumed_at = case when exists (select from order_state where held_by = $1) then now() end
                where name = $1 and state = 'UP'
                  and case when resumed_at is null then exists (select from order_state where held_by = $1)
                           else resumed_at <= now() - $3 * interval '1 millisecond' end
                returning name
            ), next as (
                select s.order_id from order_state s join turn t on s.held_by = t.name
                where s.lane is null
                order by s.queued_at, s.rank, s.order_id limit $2 for update of s skip locked
            ), released as (
                update order_state s set held_by = null, due_at = now(), delayed_since = now()
                from next n where s.order_id = n.order_id
                returning s.order_id, s.queued_at, s.rank
            )
            select r.order_id from turn left join released r on true order by r.queued_at, r.rank, r.order_id
            """;
    /** How often each worker looks at the partners. */
    static final long LOOK_MS = 250;
    /** How often the fleet releases orders; each worker looks a little less often than that. */
    private static final long TURN_MS = 200;

    private final Pool pool;
    private final PartnerTable partners;
    private final PartnerConfig config;
    private final Duration lease;

    OutageTable(Pool pool, PartnerTable partners, PartnerConfig config, HandlingConfig handling) {
        this.pool = pool;
        this.partners = partners;
        this.config = config;
        this.lease = handling.lease();
    }

    /** The partner is down; false if that was known. */
    Uni<Boolean> down(Partner partner) {
        return partners.down(partner, config.probeDelay())
                .chain(changed -> changed
                        ? holdInLanes(partner).replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    /**
     * A probe that this worker may make.
     *
     * @param order  the held order that it is made with; null if none is held
     * @param inLane whether that order stands in a lane, whose holder makes the probe
     */
    record Probe(UUID order, boolean inLane, CallMode mode) {}

    /** Makes it this worker's turn to probe the partner, if a probe is due. */
    Uni<Optional<Probe>> takeProbe(Partner partner) {
        return partners.changed(partner, transaction -> transaction.preparedQuery(TAKE_PROBE)
                .execute(Tuple.of(partner.name(), lease.toMillis(), config.breakerCalls()))
                .map(rows -> Rows.one(rows, OutageTable::probe)));
    }

    private static Probe probe(Row row) {
        return new Probe(row.getUUID(0), Boolean.TRUE.equals(row.getBoolean(2)),
                row.getBoolean(1) ? CallMode.PROBE_OF_FEW : CallMode.PROBE);
    }

    /**
     * Orders in the lanes of a printer that went down wait for it now, not for their next attempt. One that is just
     * changing is left out; its next attempt finds out that the printer is down.
     */
    private Uni<Void> holdInLanes(Partner partner) {
        return pool
                .preparedQuery(
                        """
                                /* hold in lanes */
                                with waiting as (
                                    select s.order_id from lane l join order_state s on s.lane = l.name
                                    where l.printer = $1 and s.status = 'DELAYED' and s.held_by is null
                                      and s.updated_at < now()
                                      and exists (select from partner p where p.name = $1 and p.state <> 'UP')
                                    for update of s skip locked
                                )
                                update order_state s
                                set held_by = $1, due_at = null, delayed_since = null, version = s.version + 1,
                                    -- What no answer came to was the printer's fault.
                                    attempts = case when s.failing_since is null then 0 else s.attempts end,
                                    actor = null, reason_code = 'partner-down', reason_detail = $2
                                from waiting w where s.order_id = w.order_id
                                """)
                .execute(Tuple.of(partner.name(), PartnerGuard.downDetail(partner)))
                .replaceWithVoid();
    }

    /**
     * The probe failed; the next one is due after a while that doubles with every further one. If the error may be the
     * order's, the next one comes soon, with another order.
     */
    Uni<Void> probeFailed(Partner partner, Verdict verdict) {
        return partners.changed(partner, transaction -> transaction.preparedQuery("""
                /* probe failed */
                update partner
                set state = 'DOWN', probe_order = null, next_probe_at = now() + interval '1 millisecond' *
                    case when $4 then $2 else least($3, $2 * (2 ^ least(probes, 20))) end
                where name = $1 and state = 'PROBING'
                returning name
                """)
                .execute(Tuple.of(partner.name(), (double) config.probeDelay().toMillis(),
                        (double) config.probeMaxDelay().toMillis(),
                        verdict == Verdict.ORDER_FAILS || verdict == Verdict.NOTHING))
                .map(rows -> Rows.one(rows, row -> row.getString(0))))
                .replaceWithVoid();
    }

    /**
     * Releases the next held orders of a partner that works again, unless another worker has just done so: at a tenth
     * of the rate at first, doubling every second. An event tells how many are left. Orders in a lane need no release:
     * the lane's holder takes them in their sequence. The patience of lanes that they come to begins anew.
     *
     * @param upSeconds for how long the partner has worked
     * @return those that were released, in their order
     */
    Uni<List<UUID>> release(Partner partner, double upSeconds) {
        double rate = Math.min(config.resumeRate(), config.resumeRate() / 10.0 * Math.pow(2, upSeconds));
        int limit = (int) Math.max(1, Math.round(rate * LOOK_MS / 1000));
        return partners.changed(partner, transaction -> transaction.preparedQuery(RELEASE)
                .execute(Tuple.of(partner.name(), limit, TURN_MS))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.<List<UUID>>empty()
                        : Optional.of(Rows.all(rows, row -> row.getUUID(0)))))
                .map(turn -> turn.orElse(List.of()).stream().filter(Objects::nonNull).toList());
    }

    /** Releases the orders that are held by partners which are not configured any more; each fails with that reason. */
    Uni<Void> releaseFromUnknown(List<String> known) {
        return pool.preparedQuery("""
                /* release from unknown partners */
                update order_state set held_by = null, due_at = now() where held_by is not null and held_by <> all($1)
                """).execute(Tuple.of((Object) known.toArray(String[]::new))).replaceWithVoid();
    }
}
