package io.sluice.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.FailurePolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Counts the batches that are not finished, writes down how they are doing, and tells it. */
@ApplicationScoped
class BatchWatchTable {
    private static final Duration PAUSE = Duration.ofMillis(400);
    /** A batch is not counted again for this many times as long as counting it took. */
    private static final int REST = 20;
    /** The pace is smoothed over this many seconds. */
    private static final double SMOOTH_SECONDS = 15;

    private final Pool pool;
    private final BatchCountTable counting;
    private final BatchEvents events;
    private final BatchJson json;

    BatchWatchTable(Pool pool, BatchCountTable counting, BatchEvents events, BatchJson json) {
        this.pool = pool;
        this.counting = counting;
        this.events = events;
        this.json = json;
    }

    /** The batches that it is time to count. */
    Uni<List<UUID>> toBeCounted() {
        return pool
                .query("""
                        select id from batch
                        where (finished_at is null or counts is null) and status <> 'PREPARING' and count_at <= clock_timestamp()
                        order by count_at
                        """)
                .execute()
                .map(rows -> {
                    List<UUID> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getUUID(0)));
                    return ids;
                });
    }

    /**
     * Counts the orders of a batch, unless another process does, and tells what has changed. Counting holds no lock and has no
     * transaction id, for which readers of the event log would have to wait.
     */
    Uni<Found> count(UUID batch) {
        long start = System.nanoTime();
        return takeTurn(batch).chain(taken -> taken
                ? counting.count(pool, batch)
                        .chain(counts -> pool.withTransaction(
                                transaction -> write(transaction, batch, counts, start)))
                : Uni.createFrom().item(Found.NOTHING));
    }

    private Uni<Boolean> takeTurn(UUID batch) {
        return pool.preparedQuery("""
                update batch set count_at = clock_timestamp() + interval '5 seconds'
                where id = $1 and (finished_at is null or counts is null) and count_at <= clock_timestamp()
                """).execute(Tuple.of(batch)).map(rows -> rows.rowCount() > 0);
    }

    /** Whether anything moves is asked with the batch locked, so that it cannot be retried or ended meanwhile. */
    private Uni<Found> write(SqlClient transaction, UUID batch, BatchCounts counts, long start) {
        return transaction.preparedQuery("""
                /* lock counted batch */
                select status, ends_as, on_failure, counts, settled, per_second,
                       extract(epoch from clock_timestamp() - counted_at)::float8 as seconds
                from batch where id = $1 for no key update
                """)
                .execute(Tuple.of(batch))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(Found.NOTHING)
                        : moves(transaction, batch).chain(moves -> write(transaction, batch, rows.iterator().next(),
                                counts, moves, start)));
    }

    private static Uni<Boolean> moves(SqlClient transaction, UUID batch) {
        return transaction.preparedQuery("""
                /* batch moves */
                select exists (select from order_state
                               where batch_id = $1 and status in ('QUEUED', 'HANDLING', 'DELAYED'))
                """).execute(Tuple.of(batch)).map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Uni<Found> write(SqlClient transaction, UUID batch, Row before, BatchCounts seen, boolean moves,
            long start) {
        BatchStatus was = BatchStatus.valueOf(before.getString("status"));
        boolean finished = !moves;
        BatchStatus status = finished ? endsAs(before, seen) : was;
        // The last counts are for good, and must not be those of a moment ago.
        Uni<BatchCounts> present = finished ? counting.count(transaction, batch) : Uni.createFrom().item(seen);
        return present.chain(counts -> {
            String told = json.write(counts);
            boolean news = status != was || !told.equals(before.getString("counts"));
            Duration pause = Duration.ofNanos((System.nanoTime() - start) * REST);
            return transaction.preparedQuery("""
                    update batch set status = $2, counts = $3, settled = $4, per_second = $5,
                           counted_at = clock_timestamp(),
                           count_at = clock_timestamp() + $6 * interval '1 millisecond',
                           finished_at = case when $7 then coalesce(finished_at, clock_timestamp()) end
                    where id = $1
                    """)
                    .execute(Tuple.tuple()
                            .addUUID(batch)
                            .addString(status.name())
                            .addString(told)
                            .addInteger(counts.settled())
                            .addDouble(perSecond(before, counts.settled()))
                            .addLong(Math.max(PAUSE.toMillis(), pause.toMillis()))
                            .addBoolean(finished))
                    .chain(() -> news
                            ? events.tell(transaction, batch, status, counts)
                            : Uni.createFrom().voidItem())
                    .chain(() -> status == BatchStatus.RUNNING
                            ? mustStop(transaction, batch, before, counts)
                            : Uni.createFrom().item(finished ? Found.NOTHING : Found.ENDING));
        });
    }

    private static BatchStatus endsAs(Row batch, BatchCounts counts) {
        boolean failed = counts.failed() > 0 && FailurePolicy.STOP.wireName().equals(batch.getString("on_failure"));
        return failed ? BatchStatus.STOPPED : BatchStatus.valueOf(batch.getString("ends_as"));
    }

    /** Orders that get a result in a second, smoothed; null until the first one has. */
    private static Double perSecond(Row before, int settled) {
        double seconds = Math.max(0.001, before.getDouble("seconds"));
        double now = (settled - before.getInteger("settled")) / seconds;
        Double until = before.getDouble("per_second");
        if (until == null) {
            return now > 0 ? now : null;
        }
        return until + (now - until) * (1 - Math.exp(-seconds / SMOOTH_SECONDS));
    }

    /** Whether an order has failed that no lane waits for: in a lane, its holder decides when the order's turn has come. */
    private static Uni<Found> mustStop(SqlClient transaction, UUID batch, Row before, BatchCounts counts) {
        if (counts.failed() == 0 || !FailurePolicy.STOP.wireName().equals(before.getString("on_failure"))) {
            return Uni.createFrom().item(Found.NOTHING);
        }
        return transaction.preparedQuery("""
                /* must stop */
                select from order_state s join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                where s.batch_id = $1 and s.status = 'FAILED'
                  and not exists (select from batch_lane c join lane l on l.name = c.lane
                                  where c.batch_id = $1 and c.lane_no >= i.lanes_passed and c.next_rank <= i.rank
                                    and (l.printer is null or l.printer = i.printer))
                limit 1
                """)
                .execute(Tuple.of(batch))
                .map(rows -> rows.rowCount() > 0 ? Found.TO_BE_STOPPED : Found.NOTHING);
    }

    /** What follows from how a batch is doing. */
    enum Found {
        NOTHING,
        /** An order has failed with which the batch is to end. */
        TO_BE_STOPPED,
        /** It was stopped or aborted, and not all of its orders have come to rest. */
        ENDING
    }
}
