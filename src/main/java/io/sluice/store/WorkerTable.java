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
     * @param run       distinguishes a process from an earlier one with the same name
     * @param receiving whether the broker can send messages to it
     */
    public Uni<Void> seen(String name, UUID run, String role, String version, boolean receiving) {
        return pool.preparedQuery("""
                /* worker seen */
                with gone as (
                    delete from worker where last_seen < now() - interval '1 hour' and name <> $1
                )
                insert into worker as w (name, run, role, version, since, last_seen, receiving)
                values ($1, $2, $3, $4, now(), now(), $5)
                on conflict (name) do update
                set run = excluded.run, role = excluded.role, version = excluded.version, last_seen = now(),
                    receiving = excluded.receiving,
                    since = case when w.run = excluded.run then w.since else now() end
                """).execute(Tuple.of(name, run, role, version, receiving)).replaceWithVoid();
    }

    /** The worker stops, and says so. */
    public Uni<Void> left(UUID run) {
        return pool.preparedQuery("delete from worker where run = $1").execute(Tuple.of(run)).replaceWithVoid();
    }

    /** The workers that live, and those that died in the last hour; by name. */
    public Uni<List<WorkerView>> views() {
        return pool.query("""
                /* workers */
                select w.name, w.role, w.version, w.since, w.last_seen, w.receiving,
                       w.last_seen > now() - interval '10 seconds' as alive,
                       (select count(*)::int from order_state s where s.worker = w.name and s.due_at is not null)
                           as orders,
                       array(select l.name from lane l where l.holder = w.name and l.lease_until > now()
                             order by l.name) as lanes
                from worker w order by w.name
                """)
                .execute()
                .map(rows -> Rows.all(rows, row -> new WorkerView(row.getString("name"), row.getString("role"),
                        row.getString("version"), Rows.instant(row, "since"), Rows.instant(row, "last_seen"),
                        row.getBoolean("alive"), row.getBoolean("receiving"), row.getInteger("orders"),
                        List.of(row.getArrayOfStrings("lanes")))));
    }

    /** How all workers together are. */
    public Uni<WorkersState> state() {
        return pool.query("""
                /* state of workers */
                select coalesce(bool_or(receiving)::text, 'none') from worker
                where last_seen > now() - interval '10 seconds'
                """).execute().map(rows -> switch (rows.iterator().next().getString(0)) {
            case "true" -> WorkersState.RECEIVING;
            case "false" -> WorkersState.DISCONNECTED;
            default -> WorkersState.ABSENT;
        });
    }

    /** How many workers have given a sign of life just now. */
    public Uni<Long> living() {
        return pool.query("""
                /* living workers */
                select count(*) from worker where last_seen > now() - interval '10 seconds'
                """).execute().map(rows -> rows.iterator().next().getLong(0));
    }
}
