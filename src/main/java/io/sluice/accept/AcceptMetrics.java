package io.sluice.accept;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/** Counts the orders that this process has stored, however they came in. */
@Singleton
class AcceptMetrics {
    private final Counter accepted;

    AcceptMetrics(MeterRegistry registry) {
        this.accepted = Counter.builder("sluice.orders.accepted")
                .description("Orders that this process has stored")
                .register(registry);
    }

    /** The counter is there from the start, at 0. */
    void register(@Observes StartupEvent event) {}

    void accepted(long orders) {
        accepted.increment(orders);
    }
}
