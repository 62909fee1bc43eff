package io.sluice.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.PageCursor;
import io.sluice.stream.LoadForecast;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads batches. One that is still being prepared is not there. */
@ApplicationScoped
public class Batches {
    private static final int NEWEST = 100;
    private static final String NO_NAMES = "null::text";
    /** The last counts of a batch in which nothing moves any more. */
    private static final String FINAL_COUNTS = "case when b.finished_at is not null then b.counts end";
    /** The last counts; they may be a second old. */
    private static final String LAST_COUNTS = "b.counts";

    /**
     * Batches and what each waits for. A failed order, which waits for a person, comes before all else: another batch
     * may wait for it.
     */
    private static final String SELECT = """
            /* batches */
            select b.id, b.status, b.print_order, b.on_failure, b.printer, b.created_at, b.started_by, b.finished_at,
                   b.per_second, b.selection, b.rejected_total, %s as rejected,
                   coalesce(%s, batch_counts(b.id)) as counts, w.*
            from (select * from visible_batch where %s) b left join lateral (
                select first.id as first_id, first.per_second as first_pace, s.order_id, s.position,
                       s.status as order_status, coalesce(ahead.orders, 0) as ahead
                from batch_lane c join lane l on l.name = c.lane
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
                where c.batch_id = b.id and (first.id is not null or s.order_id is not null)
                  and (c.next_rank is not null
                       or exists (select from order_state w where w.lane = c.lane and w.batch_id = c.batch_id))
                order by s.status = 'FAILED' desc nulls last, c.lane_no desc limit 1) w on b.status = 'RUNNING'
            order by b.created_at desc, b.id desc
            """;

    private final LoadForecast load;
    private final Pool pool;

    Batches(LoadForecast load, Pool pool) {
        this.load = load;
        this.pool = pool;
    }

    /** The batch of that id, or null. */
    public Uni<BatchView> find(UUID id) {
        return read("b.rejected", FINAL_COUNTS, "id = $1", Tuple.of(id))
                .map(views -> views.isEmpty() ? null : views.get(0));
    }

    /**
     * One page of the list of batches, newest first, without the orders that were rejected. A batch without orders is
     * not listed: all were rejected, and nothing has happened.
     *
     * @param statuses empty for all
     * @param after    where the page before ended, or null for the first
     */
    public Uni<BatchPage> page(Collection<BatchStatus> statuses, PageCursor after, int limit) {
        Tuple parameters = Tuple.of(statuses.stream().map(BatchStatus::name).toArray(String[]::new), limit + 1);
        String following = "";
        if (after != null) {
            following = "(created_at, id) < ($3, $4) and ";
            parameters.addOffsetDateTime(after.placedAt().atOffset(ZoneOffset.UTC)).addUUID(after.id());
        }
        String wanted = following + "total > 0 and (cardinality($1::text[]) = 0 or status = any($1))";
        return read(NO_NAMES, FINAL_COUNTS, wanted + " order by created_at desc, id desc limit $2", parameters)
                .map(views -> page(views, limit));
    }

    private static BatchPage page(List<BatchView> views, int limit) {
        if (views.size() <= limit) {
            return new BatchPage(views, null);
        }
        BatchView last = views.get(limit - 1);
        return new BatchPage(views.subList(0, limit), new PageCursor(last.createdAt(), last.id()).encode());
    }

    /**
     * The batches that are not finished, and those of the newest ones that ended a short while ago, newest first,
     * without the orders that were rejected. Counts are at most a second or so old.
     *
     * @param endedWithin how long ago
     */
    public Uni<List<BatchView>> current(Duration endedWithin, int limit) {
        return read(NO_NAMES, LAST_COUNTS, """
                id in (select id from batch where finished_at is null or counts is null
                       union select id from (select id, finished_at from batch
                                             order by created_at desc, id desc limit $3) newest
                       where finished_at > clock_timestamp() - $1 * interval '1 millisecond')
                order by created_at desc, id desc limit $2
                """, Tuple.of(endedWithin.toMillis(), limit, NEWEST));
    }

    /** How the orders of a batch stand now, as JSON; also of a batch that is being prepared. */
    Uni<String> counts(UUID id) {
        return pool.preparedQuery("select batch_counts($1) as counts")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getString("counts"));
    }

    /**
     * @param rejected the column with the names of the rejected orders
     * @param counts   the column with counts that need not be made anew
     * @param which    of the visible batches
     */
    private Uni<List<BatchView>> read(String rejected, String counts, String which, Tuple parameters) {
        return pool.preparedQuery(SELECT.formatted(rejected, counts, which)).execute(parameters).map(rows -> {
            List<BatchView> views = new ArrayList<>(rows.size());
            rows.forEach(row -> views.add(view(row)));
            return views;
        });
    }

    private BatchView view(Row row) {
        BatchStatus status = BatchStatus.valueOf(row.getString("status"));
        BatchCounts counts = BatchJson.read(row.getString("counts"), BatchCounts.class);
        OffsetDateTime finishedAt = row.getOffsetDateTime("finished_at");
        Rejected[] rejected = BatchJson.read(row.getString("rejected"), Rejected[].class);
        WaitsFor waitsFor = waitsFor(row);
        return new BatchView(row.getUUID("id"), status, row.getString("print_order"), row.getString("on_failure"),
                row.getString("printer"), row.getOffsetDateTime("created_at").toInstant(), row.getString("started_by"),
                finishedAt == null ? null : finishedAt.toInstant(),
                status == BatchStatus.RUNNING ? expectedBy(counts, row.getDouble("per_second"), waitsFor) : null,
                counts, BatchJson.read(row.getString("selection"), FilterView.class),
                rejected == null ? null : List.of(rejected), row.getInteger("rejected_total"), waitsFor);
    }

    private static WaitsFor waitsFor(Row row) {
        UUID first = row.getUUID("first_id");
        UUID order = row.getUUID("order_id");
        return first == null && order == null
                ? null
                : new WaitsFor(first, order, row.getInteger("position"), row.getString("order_status"),
                        row.getLong("ahead"), row.getDouble("first_pace"));
    }

    private Instant expectedBy(BatchCounts counts, Double pace, WaitsFor waitsFor) {
        long left = counts.total() - counts.settled();
        if (waitsFor == null) {
            return load.by(left, pace);
        }
        if (waitsFor.person()) {
            return null;
        }
        return waitsFor.batchId() == null ? load.by(left, pace) : load.by(left + waitsFor.ahead(), waitsFor.pace());
    }
}
