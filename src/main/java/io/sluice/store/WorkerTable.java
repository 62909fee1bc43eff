package io.sluice.store;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** The processes that handle orders. They do not need this table to work; it is for people. */
@ApplicationScoped
public class WorkerTable {
    private final Pool pool;

    WorkerTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * A sign of life. Forgets the workers that gave none for an hour.
     *
     * @param run distinguishes a process from an earlier one with the same name
     */
    public Uni<Void> seen(String name, UUID run, String role, String version) {
        return pool
                .preparedQuery(
                        """
                                /* worker seen */
                                with gone as (
                                    delete from worker where last_seen < now() - interval '1 hour' and name <> $1
                                )
                                insert into worker as w (name, run, role, version, since, last_seen) values ($1, $2, $3, $4, now(), now())
                                on conflict (name) do update
                                set run = excluded.run, role = excluded.role, version = excluded.version, last_seen = now(),
                                    since = case when w.run = excluded.run then w.since else now() end
                                """)
                .execute(Tuple.of(name, run, role, version))
                .replaceWithVoid();
    }

    /** The worker stops, and says so. */
    public Uni<Void> left(UUID run) {
        return pool.preparedQuery("delete from worker where run = $1").execute(Tuple.of(run)).replaceWithVoid();
    }

    /** The workers that live, and those that died in the last hour; by name. */
    public Uni<List<WorkerView>> views() {
        return pool.query("""
                /* workers */
                select w.name, w.role, w.version, w.since, w.last_seen, count(s.order_id)::int as orders
                from worker w left join order_state s on s.worker = w.name and s.due_at is not null
                group by w.name order by w.name
                """)
                .execute()
                .map(rows -> Rows.all(rows, row -> new WorkerView(row.getString("name"), row.getString("role"),
                        row.getString("version"), Rows.instant(row, "since"), Rows.instant(row, "last_seen"),
                        row.getInteger("orders"))));
    }

    /** Whether a worker has given a sign of life just now. */
    public Uni<Boolean> anyLives() {
        return pool.query("""
                /* any worker */
                select exists (select from worker where last_seen > now() - interval '10 seconds')
                """).execute().map(rows -> rows.iterator().next().getBoolean(0));
    }
}
