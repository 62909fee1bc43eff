package io.sluice.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.HandlingPlan;
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
            (s.status = 'QUEUED' and not s.parked)
              or (s.status in ('HANDLING', 'DELAYED') and s.due_at <= now())
            """;
    private static final String WAITING_AT_GATE = "s.status in ('QUEUED', 'HANDLING') and s.parked";
    /** Rows that somebody else is just claiming are skipped: waiting for them could only end in finding them gone. */
    private static final String CLAIM = """
            with free as (
                select s.order_id from order_state s where s.order_id = any($1) and (%s)
                order by s.order_id for update skip locked
            ), claimed as (
                update order_state s
                set status = 'HANDLING', step = coalesce(s.step, $2), lease = s.lease + 1, worker = $3,
                    due_at = now() + $4 * interval '1 millisecond', parked = false, version = s.version + 1,
                    reason_code = null, reason_detail = null, updated_at = clock_timestamp()
                from free where s.order_id = free.order_id
                returning s.*
            ), event as (
                insert into event_log (kind, order_id, channel, version, status, step, tracking_number, batch_id,
                                       position, actor, at)
                select 'order', c.order_id, o.channel, c.version, c.status, c.step, c.tracking_number, c.batch_id,
                       c.position, c.worker, c.updated_at
                from claimed c join orders o on o.id = c.order_id
            )
            select c.order_id, c.step, c.attempts, c.version, c.lease, c.tracking_number, c.carrier, c.batch_id,
                   c.position, b.total as batch_total, o.channel, o.external_id, o.currency, o.total, o.content
            from claimed c join orders o on o.id = c.order_id left join batch b on b.id = c.batch_id
            """;

    private final Pool pool;
    private final HandlingPlan plan;
    private final HandlingConfig config;
    private final WorkerName worker;

    ClaimTable(Pool pool, HandlingPlan plan, HandlingConfig config, WorkerName worker) {
        this.pool = pool;
        this.plan = plan;
        this.config = config;
        this.worker = worker;
    }

    /** Claims those of the orders that wait for a worker. */
    Uni<List<Claim>> claim(Collection<UUID> orders) {
        return claim(pool, CLAIMABLE, orders);
    }

    /** Claims an order that waits at a gate, in the transaction that opens it. */
    Uni<List<Claim>> claimAtGate(SqlClient transaction, UUID order) {
        return claim(transaction, WAITING_AT_GATE, List.of(order));
    }

    private Uni<List<Claim>> claim(SqlClient client, String condition, Collection<UUID> orders) {
        return client.preparedQuery(CLAIM.formatted(condition))
                .execute(Tuple.of(orders.toArray(UUID[]::new), plan.first().wireName(), worker.toString(),
                        config.lease().toMillis()))
                .map(rows -> {
                    List<Claim> claims = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        claims.add(Claim.of(row));
                    }
                    return claims;
                });
    }

    /** Orders whose lease has run out, whose wait is over, or whose gate has opened; the longest due first. */
    Uni<List<UUID>> overdue(int limit) {
        return ids(pool.preparedQuery("""
                select order_id from order_state
                where due_at <= now() order by due_at limit $1
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
