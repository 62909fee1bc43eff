package io.sluice.batch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** Finds out what holds batches up. */
@ApplicationScoped
class WaitsForTable {
    private final Pool pool;

    WaitsForTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * What each of these batches waits for; one that waits for nothing is not in it. An order that only a person can have go
     * on is named before all else: another batch may well wait for it.
     */
    Uni<Map<UUID, WaitsFor>> find(Collection<UUID> batches) {
        return pool.preparedQuery("""
                select distinct on (g.batch_id) g.batch_id, first.batch_id, s.order_id, s.position, s.status,
                       coalesce(ahead.orders, 0), first.per_second
                from batch_gate g
                left join lateral (select e.batch_id, b.per_second from batch_gate e join batch b on b.id = e.batch_id
                                   where e.step = g.step and e.open and e.turn < g.turn
                                   order by e.turn limit 1) first on true
                left join lateral (select sum(b.total - b.settled) as orders from batch_gate e
                                   join batch b on b.id = e.batch_id
                                   where e.step = g.step and e.open and e.turn < g.turn) ahead on true
                left join order_state s on first.batch_id is null and s.batch_id = g.batch_id and s.rank = g.next_rank
                     and s.status in ('FAILED', 'DELAYED')
                where g.batch_id = any($1) and g.open and (first.batch_id is not null or s.order_id is not null)
                order by g.batch_id, s.status = 'FAILED' desc nulls last, g.gate desc
                """).execute(Tuple.of(batches.toArray(UUID[]::new))).map(rows -> {
            Map<UUID, WaitsFor> found = new HashMap<>();
            for (Row row : rows) {
                found.put(row.getUUID(0), new WaitsFor(row.getUUID(1), row.getUUID(2), row.getInteger(3),
                        row.getString(4), row.getLong(5), row.getDouble(6)));
            }
            return found;
        });
    }
}
