package io.sluice.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
import io.sluice.order.Partner;
import io.sluice.order.Step;
import io.sluice.partner.PartnerDirectory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Claims orders: one conditional update decides which worker has an order, by the database's clock, whatever messages
 * say and however often they come.
 */
@ApplicationScoped
class ClaimTable {
    private static final String CLAIMABLE = """
            s.order_id = any($4)
            and (s.status = 'QUEUED' and not s.parked
                 or s.due_at <= now() and (s.status <> 'CANCELLED' or s.step = 'void-shipment'))
            """;
    private static final String HELD = "s.order_id = any($4) and s.held_by = $5";
    private static final String WAITING_AT_GATE = """
            s.order_id = any($4) and s.status in ('QUEUED', 'HANDLING') and s.parked and coalesce(s.step, $1) = $5
            """;
    /** Whose turn it is once the order of rank $5 has passed, which is at the gate of the step $6 now. */
    private static final String BEHIND = """
            s.batch_id = $4 and s.status in ('QUEUED', 'HANDLING') and s.parked and coalesce(s.step, $1) = $6
            and s.rank = (select (select i.rank from batch_item i
                                  where i.batch_id = g.batch_id and i.rank > g.next_rank
                                    and i.gates_passed <= g.gate and not i.gave_way
                                  order by i.rank limit 1)
                          from batch_gate g join batch b on b.id = g.batch_id and b.status = 'RUNNING'
                          where g.batch_id = $4 and g.step = $6 and g.next_rank = $5 and %s)
            """.formatted(GateTable.IN_TURN);
    /**
     * Rows that somebody else is just claiming are skipped: waiting for them could only end in finding them gone. An order
     * that a worker still had is taken over: what that worker did of its step is not known, and the history says so. A
     * cancelled order stays cancelled: what is left to do is to undo something.
     */
    private static final String CLAIM = """
            with free as (
                select s.order_id, s.worker as lost, s.updated_at as since,
                       s.status = 'HANDLING' and s.worker is not null as taken_over
                from order_state s where %s
                order by s.order_id for update skip locked
            ), claimed as (
                update order_state s
                set status = case s.status when 'CANCELLED' then s.status else 'HANDLING' end,
                    step = coalesce(s.step, $1), lease = s.lease + 1, worker = $2,
                    due_at = now() + $3 * interval '1 millisecond', parked = false, admitted = %s, held_by = null,
                    unknown = s.unknown or free.taken_over, version = s.version + 1,
                    reason_code = null, reason_detail = null, updated_at = clock_timestamp()
                from free where s.order_id = free.order_id
                returning s.*, free.lost, free.since, free.taken_over
            ), event as (
                insert into event_log (kind, order_id, channel, version, status, step, attempt, outcome, reason_code,
                                       reason_detail, tracking_number, batch_id, position, actor, started_at, at)
                select 'order', c.order_id, o.channel, c.version, c.status, c.step,
                       case when c.taken_over then c.attempts + 1 end, case when c.taken_over then 'UNKNOWN' end,
                       case when c.taken_over then 'worker-lost' end,
                       case when c.taken_over then 'The worker was lost, or stopped, during this step; it is not known'
                                                   || ' whether its call went out.' end,
                       c.tracking_number, c.batch_id, c.position,
                       case when c.taken_over then c.lost else c.worker end,
                       case when c.taken_over then c.since end, c.updated_at
                from claimed c join orders o on o.id = c.order_id
            )
            select c.order_id, c.status, c.step, c.attempts, c.version, c.lease, c.unknown, c.cancel_requested,
                   c.tracking_number, c.carrier, c.batch_id, c.position, c.rank, c.updated_at, b.total as batch_total,
                   b.print_order, b.on_failure, coalesce(i.late, false) as late,
                   o.channel, o.external_id, o.placed_at, o.currency, o.total, o.content
            from claimed c join orders o on o.id = c.order_id left join batch b on b.id = c.batch_id
                 left join batch_item i on i.batch_id = c.batch_id and i.rank = c.rank
            """;

    private final Pool pool;
    private final HandlingPlan plan;
    private final HandlingConfig config;
    private final WorkerName worker;
    private final PartnerDirectory partners;

    ClaimTable(Pool pool, HandlingPlan plan, HandlingConfig config, WorkerName worker,
            PartnerDirectory partners) {
        this.pool = pool;
        this.plan = plan;
        this.config = config;
        this.worker = worker;
        this.partners = partners;
    }

    /** Claims those of the orders that wait for a worker. */
    Uni<List<Claim>> claim(Collection<UUID> orders) {
        return claim(pool, CLAIMABLE, false, parameters().addArrayOfUUID(orders.toArray(UUID[]::new)));
    }

    /**
     * Claims an order that is held by a partner, to try the partner with it. It goes from the one to the other at once: were
     * it let go first, somebody else might claim it, or go before it.
     */
    Uni<List<Claim>> claimHeld(UUID order, Partner partner) {
        return claim(pool, HELD, false, parameters().addArrayOfUUID(new UUID[]{order}).addString(partner.name()));
    }

    /**
     * Claims an order that waits at the gate of that step, in the transaction that opens it: only who has the partner's answer
     * may have it go through without asking at the gate.
     */
    Uni<List<Claim>> claimAtGate(SqlClient transaction, UUID order, Step step) {
        return claim(transaction, WAITING_AT_GATE, true,
                parameters().addArrayOfUUID(new UUID[]{order}).addString(step.wireName()));
    }

    /** Claims the order that waits right behind this one, whose turn it is; needs the lock of the batch's gates. */
    Uni<List<Claim>> claimBehind(SqlClient transaction, Claim head) {
        return claim(transaction, BEHIND, true, parameters().addUUID(head.place().batch())
                .addInteger(head.place().rank())
                .addString(head.state().step().wireName()));
    }

    private Tuple parameters() {
        return Tuple.of(plan.first().wireName(), worker.toString(), config.lease().toMillis());
    }

    private Uni<List<Claim>> claim(SqlClient client, String which, boolean admitted, Tuple parameters) {
        return client.preparedQuery(CLAIM.formatted(which, admitted)).execute(parameters).map(rows -> {
            List<Claim> claims = new ArrayList<>(rows.size());
            for (Row row : rows) {
                claims.add(Claim.of(row, admitted, partners));
            }
            return claims;
        });
    }

    /**
     * Gives orders up for any worker to take at once, fenced by their leases; a result of this worker's that comes after
     * that is refused.
     *
     * @param midStep whether a call of their present step may have gone out; who takes them over will ask the partner
     */
    Uni<Void> giveBack(Collection<Claim> orders, boolean midStep) {
        return pool.preparedQuery("""
                update order_state s
                set due_at = now(), lease = s.lease + 1, worker = case when $3 then s.worker end,
                    admitted = s.admitted and $3
                from unnest($1::uuid[], $2::int[]) as i(order_id, lease)
                where s.order_id = i.order_id and s.lease = i.lease and s.due_at is not null and not s.parked
                """)
                .execute(Tuple.of(orders.stream().map(claim -> claim.state().id()).toArray(UUID[]::new),
                        orders.stream().map(Claim::lease).toArray(Integer[]::new), midStep))
                .replaceWithVoid();
    }

    /** Orders whose lease has run out, whose wait is over, or whose gate has opened; the longest due first. */
    Uni<List<UUID>> overdue(int limit) {
        return ids(pool.preparedQuery("""
                select order_id from order_state
                where due_at <= now() order by due_at, queued_at, rank limit $1
                """).execute(Tuple.of(limit)));
    }

    /** Orders that have been queued for that long: if it is this worker's turn to wonder, no message came for them. */
    Uni<List<UUID>> neverPickedUp(Duration queuedFor, int limit) {
        return ids(pool.preparedQuery("""
                select order_id from order_state
                where status = 'QUEUED' and queued_at < now() - $2 * interval '1 millisecond' and not parked
                order by queued_at, order_id limit $1
                """).execute(Tuple.of(limit, queuedFor.toMillis())));
    }

    private static Uni<List<UUID>> ids(Uni<io.vertx.mutiny.sqlclient.RowSet<Row>> query) {
        return query.map(rows -> {
            List<UUID> ids = new ArrayList<>(rows.size());
            for (Row row : rows) {
                ids.add(row.getUUID(0));
            }
            return ids;
        });
    }
}
