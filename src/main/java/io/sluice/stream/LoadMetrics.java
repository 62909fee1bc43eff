package io.sluice.stream;

import java.util.function.ToDoubleFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.order.OrderStatus;

/** Gauges of the backlog. They show what {@link LoadForecast} has measured, and cost no query of their own. */
@ApplicationScoped
class LoadMetrics {

    void register(@Observes StartupEvent event, MeterRegistry registry, LoadForecast load) {
        orders(registry, load, OrderStatus.QUEUED, LoadForecast.Backlog::queued);
        orders(registry, load, OrderStatus.HANDLING, LoadForecast.Backlog::handling);
        orders(registry, load, OrderStatus.DELAYED, LoadForecast.Backlog::delayed);
        Gauge.builder("sluice.orders.oldest.queued.age", () -> load.measured(LoadForecast.Backlog::oldestSeconds))
                .baseUnit("seconds")
                .description("How long the oldest queued order has been waiting; 0 if there is none")
                .register(registry);
    }

    private static void orders(MeterRegistry registry, LoadForecast load, OrderStatus status,
            ToDoubleFunction<LoadForecast.Backlog> count) {
        Gauge.builder("sluice.orders", () -> load.measured(count))
                .tag("status", status.name())
                .description("Orders in this state, of all processes")
                .register(registry);
    }
}
