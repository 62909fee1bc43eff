package io.sluice.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.store.LastMeasurement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;

/** Gauges of the outbox, measured once a second. They show when the broker accepts no messages, for any reason. */
@ApplicationScoped
class OutboxMetrics {
    private static final Logger LOG = Logger.getLogger(OutboxMetrics.class);
    /** A higher count is not worth its cost. */
    private static final int COUNT_LIMIT = 100_000;

    private final Pool pool;
    private final Relay relay;
    private final LastMeasurement<Waiting> last = new LastMeasurement<>();

    OutboxMetrics(Pool pool, Relay relay) {
        this.pool = pool;
        this.relay = relay;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry, PeriodicTasks tasks) {
        tasks.every(Pace.MEASURING, LOG, "The outbox cannot be measured", this::measure);
        Gauge.builder("sluice.outbox.oldest.age", () -> last.get(Waiting::oldestSeconds))
                .baseUnit("seconds")
                .description("Age of the oldest message that has not reached the broker; 0 if there is none")
                .register(registry);
        Gauge.builder("sluice.outbox.rows", () -> last.get(Waiting::rows))
                .description("Messages that have not reached the broker, counted up to 100,000")
                .register(registry);
        Gauge.builder("sluice.broker.reachable", () -> relay.trusted() ? 1 : 0)
                .description("1 unless the broker did not accept the last message")
                .register(registry);
    }

    private Uni<?> measure() {
        return pool.query("""
                select (select count(*) from (select from outbox limit %d) counted),
                       (select extract(epoch from clock_timestamp() - created_at) from outbox order by id limit 1)
                """.formatted(COUNT_LIMIT))
                .execute()
                .invoke(rows -> {
                    Row row = rows.iterator().next();
                    Double age = row.getDouble(1);
                    last.take(new Waiting(row.getLong(0), age == null ? 0 : age));
                });
    }

    private record Waiting(long rows, double oldestSeconds) {}
}
