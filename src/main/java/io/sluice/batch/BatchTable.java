package io.sluice.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.PageCursor;
import io.sluice.stream.LoadForecast;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads batches. One that is still being prepared is not there. */
@ApplicationScoped
class BatchTable {
    private static final String BATCH = """
            select id, status, print_order, on_failure, created_at, started_by, finished_at, per_second, counts, selection,
                   rejected_total, %s, printer
            from batch where status <> 'PREPARING'
            """;
    private static final int NEWEST = 100;

    private final Pool pool;
    private final BatchCountTable counts;
    private final WaitsForTable waiting;
    private final BatchJson json;
    private final LoadForecast load;

    BatchTable(Pool pool, BatchCountTable counts, WaitsForTable waiting, BatchJson json, LoadForecast load) {
        this.pool = pool;
        this.counts = counts;
        this.waiting = waiting;
        this.json = json;
        this.load = load;
    }

    /** The batch of that id, or null. */
    Uni<BatchView> find(UUID id) {
        return pool.preparedQuery(BATCH.formatted("rejected") + " and id = $1")
                .execute(Tuple.of(id))
                .chain(this::views)
                .map(views -> views.isEmpty() ? null : views.get(0));
    }

    /**
     * One page of the list.
     *
     * @param statuses empty for all
     * @param after    where the page before ended, or null for the first
     */
    Uni<BatchPage> page(Collection<BatchStatus> statuses, PageCursor after, int limit) {
        Tuple parameters = Tuple.of(statuses.stream().map(BatchStatus::name).toArray(String[]::new), limit + 1);
        String following = "";
        if (after != null) {
            following = " and (created_at, id) < ($3, $4)";
            parameters.addOffsetDateTime(after.placedAt().atOffset(ZoneOffset.UTC)).addUUID(after.id());
        }
        return pool.preparedQuery(BATCH.formatted("null::text") + following
                + " and (cardinality($1::text[]) = 0 or status = any($1)) order by created_at desc, id desc limit $2")
                .execute(parameters)
                .chain(this::views)
                .map(views -> page(views, limit));
    }

    /**
     * Those that are not finished, and those of the newest ones that ended a short while ago; with the counts as they were
     * last told, which spares the counting.
     *
     * @param endedWithin how long ago
     */
    Uni<List<BatchView>> current(Duration endedWithin, int limit) {
        return pool.preparedQuery(BATCH.formatted("null::text") + """
                 and id in (select id from batch where finished_at is null or counts is null
                            union select id from (select id, finished_at from batch
                                                  order by created_at desc, id desc limit $3) newest
                            where finished_at > clock_timestamp() - $1 * interval '1 millisecond')
                order by created_at desc, id desc limit $2
                """)
                .execute(Tuple.of(endedWithin.toMillis(), limit, NEWEST))
                .chain(rows -> views(rows, row -> row.getString(8) != null));
    }

    private static BatchPage page(List<BatchView> views, int limit) {
        if (views.size() <= limit) {
            return new BatchPage(views, null);
        }
        BatchView last = views.get(limit - 1);
        return new BatchPage(views.subList(0, limit), new PageCursor(last.createdAt(), last.id()).encode());
    }

    private Uni<List<BatchView>> views(Iterable<Row> rows) {
        return views(rows, BatchTable::counted);
    }

    /** @param told which of them need not be counted */
    private Uni<List<BatchView>> views(Iterable<Row> rows, Predicate<Row> told) {
        List<UUID> unfinished = ids(rows, Predicate.not(BatchTable::counted));
        if (unfinished.isEmpty()) {
            return Uni.createFrom().item(views(rows, Map.of(), Map.of()));
        }
        List<UUID> uncounted = ids(rows, Predicate.not(told));
        Uni<Map<UUID, BatchCounts>> live = uncounted.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : counts.count(pool, uncounted);
        return live.chain(present -> waiting.find(unfinished).map(holdUps -> views(rows, present, holdUps)));
    }

    private List<BatchView> views(Iterable<Row> rows, Map<UUID, BatchCounts> live, Map<UUID, WaitsFor> holdUps) {
        List<BatchView> views = new ArrayList<>();
        for (Row row : rows) {
            UUID id = row.getUUID(0);
            BatchCounts present = live.get(id);
            views.add(view(row, present == null ? json.counts(row.getString(8)) : present, holdUps.get(id)));
        }
        return views;
    }

    private static List<UUID> ids(Iterable<Row> rows, Predicate<Row> wanted) {
        return StreamSupport.stream(rows.spliterator(), false).filter(wanted).map(row -> row.getUUID(0)).toList();
    }

    /** Whether nothing moves in the batch any more, so that its counts are those that it ended with. */
    private static boolean counted(Row row) {
        return row.getOffsetDateTime(6) != null && row.getString(8) != null;
    }

    private BatchView view(Row row, BatchCounts counts, WaitsFor waitsFor) {
        boolean finished = row.getOffsetDateTime(6) != null;
        return new BatchView(row.getUUID(0), BatchStatus.valueOf(row.getString(1)), row.getString(2), row.getString(3),
                row.getString(12),
                row.getOffsetDateTime(4).toInstant(), row.getString(5),
                finished ? row.getOffsetDateTime(6).toInstant() : null,
                finished ? null : expectedBy(row, counts, waitsFor), counts, json.filter(row.getString(9)),
                json.rejected(row.getString(11)), row.getInteger(10), waitsFor);
    }

    private Instant expectedBy(Row row, BatchCounts counts, WaitsFor waitsFor) {
        if (!BatchStatus.RUNNING.name().equals(row.getString(1)) || waitsFor != null && waitsFor.person()) {
            return null;
        }
        long left = counts.total() - counts.settled();
        return waitsFor != null && waitsFor.batchId() != null
                ? load.by(left + waitsFor.ahead(), waitsFor.pace())
                : load.by(left, row.getDouble(7));
    }
}
