package io.sluice.batch;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Follows the batches that are not finished: counts how their orders stand, and sees when one is done or has to stop.
 * Aborts those whose preparation was abandoned. Any process may; a batch is followed by one at a time.
 */
@ApplicationScoped
class BatchWatch {
    private static final Logger LOG = Logger.getLogger(BatchWatch.class);
    private static final Pace LOOK = new Pace(250, 5000);
    private static final Duration PAUSE = Duration.ofMillis(400);
    /** A batch is not counted again for this many times as long as counting it took, ... */
    private static final int REST = 20;
    /** ... but no longer than this: it may have taken long only because the process was busy. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** The pace is smoothed over this many seconds. */
    private static final double SMOOTH_SECONDS = 15;

    /** A preparation whose time is up is abandoned: its maker moves the time on as long as it lives. */
    private static final String TAKE_TURN = """
            /* take turn */
            update batch
            set count_at = clock_timestamp() + interval '5 seconds',
                status = case status when 'PREPARING' then 'ABORTED' else status end
            where id = $1 and (finished_at is null or counts is null) and count_at <= clock_timestamp()
            returning line_no is not null as visible
            """;

    /**
     * Writes down what was counted. The batch is locked, so it cannot be retried or ended meanwhile. The last counts
     * are for good: they must not be those of a moment ago. A batch with the policy {@code stop} stops when an order
     * has failed that no lane waits for; in a lane, its holder decides when the turn of the order has come. One that was
     * aborted before stays that.
     */
    private static final String WRITE = """
            /* write count */
            with counted as materialized (
                select b.*, case when b.done then batch_counts(b.id) else $2 end as now,
                       greatest(0.001, extract(epoch from clock_timestamp() - b.counted_at)::float8) as seconds
                from (select *, not exists (select from order_state where batch_id = $1
                                            and status in ('QUEUED', 'HANDLING', 'DELAYED')) as done
                      from batch where id = $1) b
            ), judged as materialized (
                select c.*, n.handled + n.failed + n.cancelled as results,
                       (n.handled + n.failed + n.cancelled - c.settled) / c.seconds as pace,
                       c.on_failure = 'stop' and n.failed > 0 and c.status <> 'ABORTED' as failed,
                       c.on_failure = 'stop' and n.failed > 0 and c.status = 'RUNNING' and not c.done and exists (
                           select from order_state s join batch_item i on i.batch_id = s.batch_id and i.rank = s.rank
                           where s.batch_id = $1 and s.status = 'FAILED'
                             and not exists (select from batch_lane l join lane on lane.name = l.lane
                                             where l.batch_id = $1 and l.lane_no >= i.lanes_passed
                                               and l.next_rank <= i.rank
                                               and (lane.printer is null or lane.printer = i.printer))) as stops
                from counted c, json_to_record(c.now::json) as n(handled int, failed int, cancelled int)
            )
            update batch b
            set status = case when j.stops or j.done and j.failed then 'STOPPED'
                              when j.done then j.ends_as else j.status end,
                ends_as = case when j.stops then 'STOPPED' else j.ends_as end,
                counts = j.now, settled = j.results, counted_at = clock_timestamp(),
                per_second = coalesce(j.per_second + (j.pace - j.per_second) * (1 - exp(-j.seconds / $3)),
                                      case when j.pace > 0 then j.pace end),
                count_at = clock_timestamp() + $4 * interval '1 millisecond',
                finished_at = case when j.done then coalesce(j.finished_at, clock_timestamp()) end
            from judged j where b.id = j.id
            returning b.finished_at is null and b.status <> 'RUNNING' as ending
            """;

    private final PeriodicTasks tasks;
    private final Batches batches;
    private final BatchEnd end;
    private final Pool pool;

    BatchWatch(PeriodicTasks tasks, Batches batches, BatchEnd end, Pool pool) {
        this.tasks = tasks;
        this.batches = batches;
        this.end = end;
        this.pool = pool;
    }

    void start(@Observes StartupEvent event) {
        tasks.every(LOOK, LOG, "The batches cannot be followed", this::followAll);
    }

    private Uni<Void> followAll() {
        return pool.query("""
                /* batches to follow */
                select id from batch
                where (finished_at is null or counts is null) and count_at <= clock_timestamp() order by count_at
                """)
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> follow(row.getUUID("id")))
                .collect()
                .last();
    }

    /** Counts one batch, unless another process does, and sends back the orders of one that ends. */
    Uni<Void> follow(UUID batch) {
        long start = System.nanoTime();
        return pool.preparedQuery(TAKE_TURN).execute(Tuple.of(batch)).chain(turns -> {
            if (turns.rowCount() == 0) {
                return Uni.createFrom().voidItem();
            }
            if (!turns.iterator().next().getBoolean("visible")) {
                return end.sendBack(batch);
            }
            return count(batch, start).chain(ending -> ending ? end.sendBack(batch) : Uni.createFrom().voidItem());
        });
    }

    /**
     * Counting holds no lock and has no transaction id, for which readers of the event log would have to wait.
     *
     * @return whether it was stopped or aborted, and not all of its orders have come to rest
     */
    private Uni<Boolean> count(UUID batch, long start) {
        return batches.counts(batch)
                .chain(counts -> pool.withTransaction(transaction -> transaction
                        .preparedQuery("/* lock counted batch */ select from batch where id = $1 for no key update")
                        .execute(Tuple.of(batch))
                        .chain(() -> transaction.preparedQuery(WRITE)
                                .execute(Tuple.of(batch, counts, SMOOTH_SECONDS, pause(start))))))
                .map(rows -> rows.rowCount() > 0 && rows.iterator().next().getBoolean("ending"));
    }

    private static long pause(long start) {
        long rest = Duration.ofNanos((System.nanoTime() - start) * REST).toMillis();
        return Math.min(LONGEST_PAUSE.toMillis(), Math.max(PAUSE.toMillis(), rest));
    }
}
