package io.sluice.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.lane.LaneItem.Place;
import io.sluice.order.CallMode;
import io.sluice.order.FailurePolicy;
import io.sluice.order.HandlingPlan;
import io.sluice.order.PartnerKind;
import io.sluice.order.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Lanes in the database: who holds one, which batch has it, and what its holder sees. Whoever writes for a lane names its
 * fencing token; once another worker has taken the lane over, nothing is written any more.
 */
@ApplicationScoped
public class LaneTable {
    /** How many orders from the cursor on the holder sees. */
    private static final int WINDOW = 32;
    private static final int MOST_LATE = 200;

    private static final String VIEW = """
            /* lane view */
            with mine as (
                select l.name, l.step, l.printer, l.batch_id, c.next_rank, c.lane_no, b.status, b.on_failure
                from lane l join batch b on b.id = l.batch_id
                     join batch_lane c on c.batch_id = l.batch_id and c.lane = l.name
                where l.name = $1 and l.fence = $2
            ), ahead as (
                select i.rank, i.order_id from mine m cross join lateral (
                    select rank, order_id from batch_item i
                    where i.batch_id = m.batch_id and i.rank >= m.next_rank and i.lanes_passed <= m.lane_no
                      and i.left_status is null and (m.printer is null or i.printer = m.printer)
                      and i.rank is distinct from $3
                    order by i.rank limit $4) i
            ), standing_late as (
                select s.rank, s.order_id from mine m join order_state s on s.lane = m.name and s.batch_id = m.batch_id
                where (m.next_rank is null or s.rank < m.next_rank) and s.rank is distinct from $3
                order by s.rank limit $5
            ), coming_late as (
                select s.rank, s.order_id from mine m join order_state s on s.batch_id = m.batch_id
                where exists (select from standing_late) and s.lane is null and not s.parked and s.status in ('QUEUED', 'HANDLING')
                  and s.step = any($6) and (m.next_rank is null or s.rank < m.next_rank)
                order by s.rank limit $5
            ), item as (
                select 'ahead' as side, ahead.* from ahead
                union all select 'late', standing_late.* from standing_late
                union all select 'late', coming_late.* from coming_late
            )
            select m.status as batch_status, m.on_failure, clock_timestamp() as now,
                   (select p.probe_counts from partner p join order_state s on s.order_id = p.probe_order
                    where p.state = 'PROBING' and s.lane = m.name and s.batch_id = m.batch_id limit 1) as probe_counts,
                   t.*
            from mine m left join (
                select item.side, item.rank, item.order_id, place_in_lane(s, m.batch_id, m.name) as place,
                       s.outcome_unknown, s.lane = m.name and coalesce(p.state <> 'UP', false) as held,
                       s.failing_since is not null as failing,
                       case when s.held_by is not null and s.lane = m.name then s.updated_at
                            when s.status = 'DELAYED' then s.delayed_since
                            when s.status in ('QUEUED', 'HANDLING') and s.lane is null then s.queued_at end as since,
                       s.due_at
                from item join order_state s on s.order_id = item.order_id cross join mine m
                     left join partner p on p.name = s.held_by) t on true
            order by t.side desc, t.rank
            """;

    private static final String CHOOSE = """
            /* lane choose */
            update lane l set batch_id = (
                select b.id from batch b
                where b.status = 'RUNNING' and b.id in (
                    select c.batch_id from batch_lane c where c.lane = l.name and c.next_rank is not null
                    union all
                    select s.batch_id from order_state s left join partner p on p.name = s.held_by
                    where s.lane = l.name
                      and (s.status <> 'DELAYED' or s.due_at <= now() or s.due_at is null and p.state = 'UP'))
                order by b.line_no limit 1)
            where l.name = $1 and l.fence = $2
            returning l.batch_id
            """;

    private final Pool pool;
    private final HandlingPlan plan;

    LaneTable(Pool pool, HandlingPlan plan) {
        this.pool = pool;
        this.plan = plan;
    }

    /** The lanes that have work and no living holder. */
    public Uni<List<String>> unheld() {
        return pool.query("""
                /* lane unheld */
                select l.name from lane l
                where (l.holder is null or l.lease_until < now())
                  and (exists (select from order_state s where s.lane = l.name and s.worker is not null)
                       or exists (select from batch b join batch_lane c on c.batch_id = b.id and c.lane = l.name
                                  where b.status = 'RUNNING'
                                    and exists (select from order_state s where s.lane = l.name and s.batch_id = b.id)))
                """).execute().map(rows -> {
            List<String> names = new ArrayList<>(rows.size());
            rows.forEach(row -> names.add(row.getString(0)));
            return names;
        });
    }

    /**
     * Makes this worker the holder of a lane. What the last holder was at is not known, and has to be asked for.
     *
     * @param lease how long it may be silent before another worker takes over
     * @return empty if another worker was faster
     */
    public Uni<Optional<Lane>> acquire(String name, String worker, Duration lease) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                /* lane acquire */
                update lane set holder = $2, fence = fence + 1, lease_until = now() + $3 * interval '1 millisecond'
                where name = $1 and (holder is null or lease_until < now())
                returning name, step, fence
                """).execute(Tuple.of(name, worker, lease.toMillis())).chain(rows -> {
            if (rows.rowCount() == 0) {
                return Uni.createFrom().item(Optional.<Lane>empty());
            }
            Row row = rows.iterator().next();
            Lane lane = new Lane(row.getString(0), Step.of(row.getString(1)), row.getLong(2));
            return takeOver(transaction, lane, true).replaceWith(Optional.of(lane));
        }));
    }

    /** Takes over the orders of the lane whose worker let its lease run out. */
    public Uni<Void> takeOver(Lane lane) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery("/* lane lock */ select from lane where name = $1 and fence = $2 for update")
                .execute(Tuple.of(lane.name(), lane.fence()))
                .chain(held -> held.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : takeOver(transaction, lane, false)));
    }

    private static Uni<Void> takeOver(SqlClient transaction, Lane lane, boolean all) {
        return transaction.preparedQuery("""
                /* lane take over */
                update order_state s
                set version = s.version + 1, lease = s.lease + 1, worker = null, due_at = null, outcome_unknown = true,
                    actor = s.worker, last_step = s.step, last_attempt = s.attempts + 1, last_outcome = 'UNKNOWN',
                    last_started_at = s.updated_at, last_finished_at = clock_timestamp(),
                    reason_code = 'worker-lost', reason_detail =
                    'The worker stopped or was lost during this step; whether its call went out is not known.'
                where s.lane = $1 and s.worker is not null and ($2 or s.due_at <= now())
                """).execute(Tuple.of(lane.name(), all)).replaceWithVoid();
    }

    /** Renews the lease; false if another worker holds the lane by now. */
    public Uni<Boolean> renew(Lane lane, Duration lease) {
        return pool.preparedQuery("""
                /* lane renew */
                update lane set lease_until = now() + $3 * interval '1 millisecond' where name = $1 and fence = $2
                """)
                .execute(Tuple.of(lane.name(), lane.fence(), lease.toMillis()))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Gives the lane up, for any worker to take it at once. */
    public Uni<Void> release(Lane lane) {
        return pool.preparedQuery("""
                /* lane release */
                update lane set holder = null, lease_until = null where name = $1 and fence = $2
                """).execute(Tuple.of(lane.name(), lane.fence())).replaceWithVoid();
    }

    /** Gives the lane to the first batch in line; false if none waits for it. */
    public Uni<Boolean> choose(Lane lane) {
        return pool.preparedQuery(CHOOSE)
                .execute(Tuple.of(lane.name(), lane.fence()))
                .map(rows -> rows.rowCount() > 0 && rows.iterator().next().getUUID(0) != null);
    }

    /**
     * What the holder sees; empty if no batch has the lane, or another worker holds it.
     *
     * @param busyRank the rank whose step is running, which is taken for done; or null
     */
    public Uni<Optional<LaneView>> view(Lane lane, Integer busyRank, Duration patience) {
        String[] before = plan.before(lane.step()).stream().map(Step::wireName).toArray(String[]::new);
        return pool.preparedQuery(VIEW)
                .execute(Tuple.of(lane.name(), lane.fence(), busyRank, WINDOW, MOST_LATE, before))
                .map(rows -> view(rows, patience));
    }

    private static Optional<LaneView> view(RowSet<Row> rows, Duration patience) {
        List<LaneItem> late = new ArrayList<>();
        List<LaneItem> ahead = new ArrayList<>();
        Row any = null;
        for (Row row : rows) {
            any = row;
            if (row.getString("side") != null) {
                (row.getString("side").equals("late") ? late : ahead).add(item(row));
            }
        }
        return any == null
                ? Optional.empty()
                : Optional.of(new LaneView(any.getString("batch_status").equals("RUNNING"),
                        FailurePolicy.of(any.getString("on_failure")), probe(any.getBoolean("probe_counts")),
                        instant(any, "now"), patience, late, ahead, ahead.size() == WINDOW));
    }

    private static CallMode probe(Boolean counts) {
        return counts == null ? null : counts ? CallMode.PROBE_OF_FEW : CallMode.PROBE;
    }

    private static LaneItem item(Row row) {
        return new LaneItem(row.getUUID("order_id"), row.getInteger("rank"), Place.valueOf(row.getString("place")),
                row.getBoolean("outcome_unknown"), row.getBoolean("held"), row.getBoolean("failing"),
                instant(row, "since"), instant(row, "due_at"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    /** Moves the cursor behind {@code rank}. */
    public Uni<Void> skipTo(Lane lane, int rank) {
        return pool
                .preparedQuery(
                        """
                                /* lane skip */
                                with mine as (update lane set batch_id = batch_id where name = $1 and fence = $2 returning name, batch_id)
                                update batch_lane c set next_rank = $3 + 1
                                from mine where c.lane = mine.name and c.batch_id = mine.batch_id and c.next_rank <= $3
                                """)
                .execute(Tuple.of(lane.name(), lane.fence(), rank))
                .replaceWithVoid();
    }

    /** The batch that has the lane gives it up; if it runs, the lane waits for none of its orders any more. */
    public Uni<Void> leave(Lane lane) {
        return pool.preparedQuery("""
                /* lane leave */
                with mine as (select name, batch_id from lane where name = $1 and fence = $2 for update),
                     left_batch as (
                    update batch_lane c set next_rank = null
                    from mine join batch b on b.id = mine.batch_id
                    where c.lane = mine.name and c.batch_id = mine.batch_id and b.status = 'RUNNING')
                update lane set batch_id = null from mine where lane.name = mine.name
                """).execute(Tuple.of(lane.name(), lane.fence())).replaceWithVoid();
    }

    /** Ends the batch that has the lane, because the order whose turn it was has failed. */
    public Uni<Void> stop(Lane lane) {
        return pool.preparedQuery("""
                /* lane stop */
                update batch b set status = 'STOPPED', ends_as = 'STOPPED', counts = null, count_at = now()
                from lane l where l.name = $1 and l.fence = $2 and b.id = l.batch_id and b.status = 'RUNNING'
                """).execute(Tuple.of(lane.name(), lane.fence())).replaceWithVoid();
    }

    /** Makes the lanes that orders of a batch pass, on these printers; each cursor stands nowhere yet. */
    public Uni<Void> prepare(SqlClient transaction, UUID batch, Collection<String> printers) {
        Tuple rows = Tuple.tuple();
        List<String> names = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Step step : plan.orderedSteps()) {
            Collection<String> lanes = step.kind() == PartnerKind.PRINTER ? printers : Collections.singletonList(null);
            for (String printer : lanes) {
                names.add(Lane.name(step, printer));
                steps.add(step.wireName());
                owners.add(printer);
                numbers.add(plan.lanesBefore(step));
            }
        }
        return names.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(
                                """
                                        /* lanes of a batch */
                                        with made as (
                                            insert into lane (name, step, printer)
                                            select name, step, printer from unnest($2::text[], $3::text[], $4::text[]) t(name, step, printer)
                                            order by name on conflict do nothing)
                                        insert into batch_lane (batch_id, lane, lane_no)
                                        select $1, name, lane_no from unnest($2::text[], $5::int[]) t(name, lane_no) on conflict do nothing
                                        """)
                        .execute(rows.addUUID(batch)
                                .addArrayOfString(names.toArray(String[]::new))
                                .addArrayOfString(steps.toArray(String[]::new))
                                .addArrayOfString(owners.toArray(String[]::new))
                                .addArrayOfInteger(numbers.toArray(Integer[]::new)))
                        .replaceWithVoid();
    }

    /** Puts a batch in line: each cursor stands at the first order that has the lane still before it. */
    public Uni<Void> enter(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                /* lanes entered */
                update batch_lane c
                set next_rank = (select min(i.rank) from batch_item i
                                 where i.batch_id = $1 and i.lanes_passed <= c.lane_no
                                   and (l.printer is null or i.printer = l.printer))
                from lane l where c.batch_id = $1 and l.name = c.lane
                """).execute(Tuple.of(batch)).replaceWithVoid();
    }
}
