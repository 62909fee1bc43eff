package io.sluice.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToDoubleFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.order.HandlingPlan;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.order.QueueLines;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.store.LastMeasurement;
import io.sluice.store.OrderView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Orders accepted and handled per second, the backlog, and forecasts from them. The rates are counted from the events
 * of the tail. The backlog is counted in the database once a second, or less often if counting takes long.
 */
@ApplicationScoped
public class LoadForecast {
    private static final Logger LOG = Logger.getLogger(LoadForecast.class);
    private static final double SMOOTHING = 0.1;
    /** The backlog is not counted again for this many times as long as counting it took, ... */
    private static final int REST = 20;
    /** ... but no longer than this. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    /** Of an order in a long queue, no more orders ahead of it are counted. */
    private static final int MAX_AHEAD = 100_000;

    private final Pool pool;
    private final Clock clock;
    private final HandlingPlan plan;
    private final Rate accepted = new Rate();
    /** Of the accepted ones, those to be handled at once. */
    private volatile long queued;
    private final Rate handled = new Rate();
    /** Smoothed time that an order takes for all its steps, without waiting. */
    private volatile double handlingMs = 2000;
    private double stepsMs;
    private volatile Backlog backlog = new Backlog(0, new QueueLines(List.of()), 0, 0, null, 0, 0, 0);
    private final LastMeasurement<Backlog> last = new LastMeasurement<>();
    private volatile long restUntil = System.nanoTime();

    LoadForecast(Pool pool, Clock clock, HandlingPlan plan) {
        this.pool = pool;
        this.clock = clock;
        this.plan = plan;
    }

    void start(@Observes StartupEvent event, EventTail tail, PeriodicTasks tasks) {
        tasks.every(Pace.MEASURING, LOG, "The backlog cannot be measured", this::measureBacklog);
        tail.add(this::count);
    }

    private void count(List<LogEvent> events) {
        Instant now = clock.instant();
        for (LogEvent event : events) {
            if (event.version() == 1) {
                accepted.add(now);
                queued += event.status() == OrderStatus.QUEUED ? 1 : 0;
            }
            if (event.status() == OrderStatus.HANDLED) {
                handled.add(now);
            }
            if (event.outcome() == Outcome.SUCCEEDED) {
                stepsMs += SMOOTHING * (Duration.between(event.startedAt(), event.at()).toMillis() - stepsMs);
                handlingMs = plan.steps().size() * stepsMs;
            }
        }
    }

    Uni<?> measureBacklog() {
        long begun = System.nanoTime();
        if (begun - restUntil < 0) {
            return Uni.createFrom().voidItem();
        }
        long queuedBefore = queued;
        long handledBefore = handled.total();
        return pool.query("""
                select (select count(*) from order_state where status = 'QUEUED'),
                       (select json_agg(line)
                        from (select expedited, channel, count(*) as length from order_state
                              where status = 'QUEUED' and not parked and lane is null group by 1, 2) line),
                       (select count(*) from order_state where status = 'HANDLING'),
                       (select count(*) from order_state where status = 'DELAYED'),
                       oldest, extract(epoch from clock_timestamp() - oldest)
                from (select min(queued_at) as oldest from order_state
                      where status = 'QUEUED' and not parked and lane is null) queued
                """).execute().invoke(rows -> {
            Row row = rows.iterator().next();
            Instant oldest = row.getOffsetDateTime(4) == null ? null : row.getOffsetDateTime(4).toInstant();
            backlog = new Backlog(row.getLong(0), lines(row.getJsonArray(1)), row.getLong(2), row.getLong(3), oldest,
                    oldest == null ? 0 : row.getDouble(5), queuedBefore, handledBefore);
            last.take(backlog);
            long counted = System.nanoTime();
            restUntil = counted + Math.min(REST * (counted - begun), LONGEST_REST.toNanos());
        });
    }

    /** A figure of the backlog; NaN while the database cannot be read. */
    double measured(ToDoubleFunction<Backlog> figure) {
        return last.get(figure);
    }

    /** The figures of {@code GET /api/load}. */
    public LoadView view() {
        Instant now = clock.instant();
        double in = accepted.perSecond(now);
        double out = handledPerSecond();
        long waiting = backlog.waiting();
        return new LoadView(in, out, waiting,
                backlog.oldest() == null ? 0 : Math.max(0, Duration.between(backlog.oldest(), now).toSeconds()),
                waiting == 0 ? Long.valueOf(0) : out > 0 ? Long.valueOf(Math.round(waiting / out)) : null);
    }

    /** Orders queued, being handled or delayed: as measured last, and what the events have told since. */
    public long backlogNow() {
        Backlog measured = backlog;
        return measured.waiting() + queued - measured.queuedBefore() - (handled.total() - measured.handledBefore());
    }

    /** Orders that all workers have handled per second, over the last ten. */
    public double handledPerSecond() {
        return handled.perSecond(clock.instant());
    }

    private static QueueLines lines(JsonArray lines) {
        return new QueueLines(lines == null
                ? List.of()
                : lines.stream()
                        .map(JsonObject.class::cast)
                        .map(line -> new QueueLines.Line(line.getBoolean("expedited"), line.getString("channel"),
                                line.getLong("length")))
                        .toList());
    }

    /** Forecasts a new order. All that were accepted since the queue was counted are taken for its channel's. */
    public OrderView forecastNew(OrderView order) {
        Backlog now = backlog;
        return order.status() == OrderStatus.QUEUED
                ? forecast(order, now.lines()
                        .ahead(false, order.channel(), now.lines().length(false, order.channel()) + queued
                                - now.queuedBefore()))
                : order;
    }

    /** Forecasts a stored order; counts the orders ahead of it in its own line. */
    public Uni<OrderView> forecast(OrderView order) {
        if (order.status() == OrderStatus.QUEUED) {
            return pool.preparedQuery("""
                    select expedited,
                           (select count(*) from (
                                select from order_state s
                                where s.status = 'QUEUED' and not s.parked and s.lane is null
                                  and s.expedited = o.expedited and s.channel = o.channel
                                  and (s.queued_at, s.order_id) < (o.queued_at, o.order_id) limit $2) ready),
                           (select count(*) from (
                                select from order_state s
                                where s.status = 'QUEUED' and s.batch_id = o.batch_id and s.rank < o.rank
                                  and (s.parked or s.lane is not null) limit $2) in_batch)
                    from order_state o where o.order_id = $1
                    """).execute(Tuple.of(order.id(), (long) MAX_AHEAD)).map(rows -> {
                Row row = rows.iterator().next();
                long ready = backlog.lines().ahead(row.getBoolean(0), order.channel(), row.getLong(1));
                return forecast(order, Math.min(MAX_AHEAD, ready + row.getLong(2)));
            });
        }
        if (order.status() == OrderStatus.DELAYED) {
            return pool.preparedQuery("""
                    select coalesce(s.due_at, p.next_probe_at)
                    from order_state s left join partner p on p.name = s.held_by where s.order_id = $1
                    """)
                    .execute(Tuple.of(order.id()))
                    .map(rows -> order.withForecast(null, after(rows.iterator().next().getOffsetDateTime(0))));
        }
        return Uni.createFrom()
                .item(order.status() == OrderStatus.HANDLING ? order.withForecast(null, by(0)) : order);
    }

    /** Estimated finish of an order that continues at {@code next}; at once if that is null or past. */
    private Instant after(OffsetDateTime next) {
        Instant atOnce = by(0);
        Duration wait = next == null ? Duration.ZERO : Duration.between(clock.instant(), next.toInstant());
        return wait.isNegative() ? atOnce : atOnce.plus(wait).truncatedTo(ChronoUnit.MILLIS);
    }

    private OrderView forecast(OrderView order, long ahead) {
        return order.withForecast(ahead, by(ahead));
    }

    /**
     * Estimated finish of {@code orders} that pass a lane one at a time.
     *
     * @param perSecond how many of them are finished per second; null or 0 if unknown: then estimated from the steps
     */
    public Instant by(long orders, Double perSecond) {
        double stepMs = handlingMs / plan.steps().size();
        double millis = perSecond == null || perSecond < 0.001
                ? handlingMs + orders * stepMs
                : 1000 * orders / perSecond;
        return clock.instant().plusMillis(Math.round(millis)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Estimated finish of an order with {@code ahead} orders before it, at the rate of the last seconds. */
    private Instant by(long ahead) {
        double perSecond = Math.max(handledPerSecond(), 1000 / Math.max(1, handlingMs));
        return clock.instant()
                .plusMillis(Math.round(handlingMs + 1000 * ahead / perSecond))
                .truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * @param lines          those of the queued ones that any worker may take
     * @param oldestSeconds  since when the oldest queued order waits, by the database's clock
     * @param queuedBefore   how many orders had been counted as accepted for handling when the backlog was measured
     * @param handledBefore  how many as handled
     */
    record Backlog(long queued, QueueLines lines, long handling, long delayed, Instant oldest, double oldestSeconds,
            long queuedBefore, long handledBefore) {

        long underway() {
            return handling + delayed;
        }

        /** Orders queued, being handled or delayed. */
        long waiting() {
            return queued + underway();
        }
    }

    /**
     * Figures of the last ten seconds.
     *
     * @param backlog          orders queued, being handled or delayed
     * @param oldestAgeSeconds how long the oldest queued order has been waiting
     * @param secondsToEmpty   at the current rate; absent while no order is handled
     */
    public record LoadView(double acceptedPerSecond, double handledPerSecond, long backlog, long oldestAgeSeconds,
            Long secondsToEmpty) {}
}
