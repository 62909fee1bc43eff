package io.sluice.stream;

import java.util.function.ToDoubleFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.order.OrderStatus;

/** Gauges of what waits. They show what {@link Load} has measured; being asked costs no query. */
@ApplicationScoped
class LoadMetrics {

    void register(@Observes StartupEvent event, MeterRegistry registry, Load load) {
        orders(registry, load, OrderStatus.QUEUED, Load.Backlog::queued);
        orders(registry, load, OrderStatus.HANDLING, Load.Backlog::handling);
        orders(registry, load, OrderStatus.DELAYED, Load.Backlog::delayed);
        Gauge.builder("sluice.orders.oldest.queued.age", () -> load.measured(Load.Backlog::oldestSeconds))
                .baseUnit("seconds")
                .description("For how long the oldest queued order has waited; 0 if there is none")
                .register(registry);
    }

    private static void orders(MeterRegistry registry, Load load, OrderStatus status,
            ToDoubleFunction<Load.Backlog> count) {
        Gauge.builder("sluice.orders", () -> load.measured(count))
                .tag("status", status.name())
                .description("Orders of the whole fleet that are in this state")
                .register(registry);
    }
}
