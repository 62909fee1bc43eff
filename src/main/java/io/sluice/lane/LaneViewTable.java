package io.sluice.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.lane.LaneItem.Place;
import io.sluice.order.CallMode;
import io.sluice.order.FailurePolicy;
import io.sluice.order.HandlingPlan;
import io.sluice.order.Partner;
import io.sluice.order.Step;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads what the holder of a lane sees. */
@ApplicationScoped
public class LaneViewTable {
    /** How many orders from the cursor on the holder sees. */
    private static final int WINDOW = 32;
    private static final int MOST_LATE = 200;
    /** Every fourth probe is thorough. */
    private static final int THOROUGH = 4;

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
                where exists (select from standing_late) and s.lane is null and not s.parked
                    and s.status in ('QUEUED', 'HANDLING')
                  and s.step = any($6) and (m.next_rank is null or s.rank < m.next_rank)
                order by s.rank limit $5
            ), item as (
                select 'ahead' as side, ahead.* from ahead
                union all select 'late', standing_late.* from standing_late
                union all select 'late', coming_late.* from coming_late
            )
            select m.status as batch_status, m.on_failure, clock_timestamp() as now,
                   probe.probe_counts, probe.probes, t.*
            from mine m left join lateral (
                select p.probe_counts, p.probes from partner p join order_state s on s.order_id = p.probe_order
                where p.state = 'PROBING' and s.lane = m.name and s.batch_id = m.batch_id limit 1) probe on true
            left join (
                select item.side, item.rank, item.order_id, place_in_lane(s, m.batch_id, m.name) as place,
                       s.outcome_unknown, case when s.lane = m.name then s.held_by end as held_by,
                       coalesce(p.state <> 'UP', false) as down,
                       s.failing_since is not null as failing, s.attempts + 1 >= $7 as last_attempt,
                       case when s.lane = m.name and (s.held_by is not null or s.status <> 'DELAYED'
                                                      and s.failing_since is not null) then s.updated_at
                            when s.status = 'DELAYED' then s.delayed_since
                            when s.status in ('QUEUED', 'HANDLING') and s.lane is null then s.queued_at end as since,
                       s.due_at
                from item join order_state s on s.order_id = item.order_id cross join mine m
                     left join partner p on p.name = s.held_by) t on true
            order by t.side desc, t.rank
            """;

    private final Pool pool;
    private final HandlingPlan plan;

    LaneViewTable(Pool pool, HandlingPlan plan) {
        this.pool = pool;
        this.plan = plan;
    }

    /**
     * What the holder sees; empty if no batch has the lane, or another worker holds it.
     *
     * @param busyRank    the rank whose step is running, which is taken for done; or null
     * @param maxAttempts attempts that a step has
     * @param up          whether this worker may call a partner; it may know a little less, or more, than the table
     */
    public Uni<Optional<LaneView>> view(Lane lane, Integer busyRank, Duration patience, int maxAttempts,
            Predicate<Partner> up) {
        String[] before = plan.before(lane.step()).stream().map(Step::wireName).toArray(String[]::new);
        return pool.preparedQuery(VIEW)
                .execute(Tuple.of(lane.name(), lane.fence(), busyRank, WINDOW, MOST_LATE, before)
                        .addInteger(maxAttempts))
                .map(rows -> view(rows, patience, by -> up.test(new Partner(lane.step().kind(), by))));
    }

    private static Optional<LaneView> view(RowSet<Row> rows, Duration patience, Predicate<String> up) {
        List<LaneItem> late = new ArrayList<>();
        List<LaneItem> ahead = new ArrayList<>();
        Row any = null;
        for (Row row : rows) {
            any = row;
            if (row.getString("side") != null) {
                (row.getString("side").equals("late") ? late : ahead).add(item(row, up));
            }
        }
        return any == null
                ? Optional.empty()
                : Optional.of(new LaneView(any.getString("batch_status").equals("RUNNING"),
                        FailurePolicy.of(any.getString("on_failure")), probe(any.getBoolean("probe_counts")),
                        thorough(any.getInteger("probes")),
                        Rows.instant(any, "now"), patience, late, ahead, ahead.size() == WINDOW));
    }

    private static boolean thorough(Integer probes) {
        return probes != null && probes % THOROUGH == 0;
    }

    private static CallMode probe(Boolean counts) {
        return counts == null ? null : counts ? CallMode.PROBE_OF_FEW : CallMode.PROBE;
    }

    private static LaneItem item(Row row, Predicate<String> up) {
        String heldBy = row.getString("held_by");
        boolean held = heldBy != null && (row.getBoolean("down") || !up.test(heldBy));
        return new LaneItem(row.getUUID("order_id"), row.getInteger("rank"), Place.valueOf(row.getString("place")),
                row.getBoolean("outcome_unknown"), held, row.getBoolean("failing"),
                row.getBoolean("last_attempt"), Rows.instant(row, "since"), Rows.instant(row, "due_at"));
    }
}
