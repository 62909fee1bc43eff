package io.sluice.store;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/** What {@link DatabaseWatch} knows, as a gauge. */
@Singleton
class DatabaseMetrics {

    void register(@Observes StartupEvent event, MeterRegistry registry, DatabaseWatch database) {
        Gauge.builder("sluice.database.available", () -> database.outage().isEmpty() ? 1 : 0)
                .description("1 while the database takes writes from this process, else 0")
                .register(registry);
    }
}
