package io.sluice.stream;

import java.util.function.DoubleSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.order.OrderStatus;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.store.LastMeasurement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Gauges of the orders by status. Those of the backlog show what {@link LoadForecast} has measured. Orders that wait for
 * a person may become many; so they are counted up to a limit, in the index.
 */
@ApplicationScoped
class LoadMetrics {
    private static final Logger LOG = Logger.getLogger(LoadMetrics.class);
    private static final int COUNT_LIMIT = 10_000;

    private final Pool pool;
    private final LastMeasurement<Resting> resting = new LastMeasurement<>();

    LoadMetrics(Pool pool) {
        this.pool = pool;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry, LoadForecast load, PeriodicTasks tasks) {
        tasks.every(Pace.MEASURING, LOG, "The orders that wait for a person cannot be counted", this::measureResting);
        orders(registry, OrderStatus.RECEIVED, () -> resting.get(Resting::received));
        orders(registry, OrderStatus.QUEUED, () -> load.measured(LoadForecast.Backlog::queued));
        orders(registry, OrderStatus.HANDLING, () -> load.measured(LoadForecast.Backlog::handling));
        orders(registry, OrderStatus.DELAYED, () -> load.measured(LoadForecast.Backlog::delayed));
        orders(registry, OrderStatus.FAILED, () -> resting.get(Resting::failed));
        Gauge.builder("sluice.orders.oldest.queued.age", () -> load.measured(LoadForecast.Backlog::oldestSeconds))
                .baseUnit("seconds")
                .description("How long the oldest queued order has been waiting; 0 if there is none")
                .register(registry);
    }

    private static void orders(MeterRegistry registry, OrderStatus status, DoubleSupplier count) {
        Gauge.builder("sluice.orders", count::getAsDouble)
                .tag("status", status.name())
                .description("Orders by status; RECEIVED and FAILED are counted up to 10,000")
                .register(registry);
    }

    private Uni<?> measureResting() {
        return pool.preparedQuery("""
                /* orders that wait for a person */
                select (select count(*) from (select from order_state where status = 'RECEIVED' limit $1) counted),
                       (select count(*) from (select from order_state where status = 'FAILED' limit $1) counted)
                """)
                .execute(Tuple.of((long) COUNT_LIMIT))
                .invoke(rows -> {
                    Row row = rows.iterator().next();
                    resting.take(new Resting(row.getLong(0), row.getLong(1)));
                });
    }

    private record Resting(long received, long failed) {}
}
