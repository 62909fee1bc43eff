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
     * What each of these batches waits for; one that waits for nothing is not in it. A failed order, which waits for a person,
     * comes before all else: another batch may wait for it.
     */
    Uni<Map<UUID, WaitsFor>> find(Collection<UUID> batches) {
        return pool.preparedQuery("""
                /* waits for */
                select distinct on (c.batch_id) c.batch_id, first.id, s.order_id, s.position, s.status,
                       coalesce(ahead.orders, 0), first.per_second
                from batch_lane c join lane l on l.name = c.lane join batch b on b.id = c.batch_id
                left join lateral (
                    select f.id, f.per_second from batch f
                    where f.id <> b.id and f.status = 'RUNNING' and (f.id = l.batch_id or l.batch_id is null
                          and f.line_no < b.line_no and exists (select from batch_lane e
                                where e.batch_id = f.id and e.lane = c.lane and e.next_rank is not null))
                    order by f.id = l.batch_id desc, f.line_no limit 1) first on l.batch_id is distinct from b.id
                left join lateral (
                    select sum(a.total - a.settled) as orders from batch_lane e join batch a on a.id = e.batch_id
                    where e.lane = c.lane and a.id <> b.id and a.status = 'RUNNING'
                      and (a.id = l.batch_id or e.next_rank is not null and a.line_no < b.line_no)) ahead on true
                left join order_state s on first.id is null and s.batch_id = c.batch_id and s.rank = c.next_rank
                     and (s.status = 'FAILED' and b.on_failure = 'wait' or s.status = 'DELAYED')
                where c.batch_id = any($1) and b.status = 'RUNNING' and (first.id is not null or s.order_id is not null)
                  and (c.next_rank is not null
                       or exists (select from order_state w where w.lane = c.lane and w.batch_id = c.batch_id))
                order by c.batch_id, s.status = 'FAILED' desc nulls last, c.lane_no desc
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
