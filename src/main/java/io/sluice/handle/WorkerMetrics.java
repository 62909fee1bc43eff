package io.sluice.handle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.store.LastMeasurement;
import io.sluice.store.WorkerTable;

/** How many workers live, measured once a second. */
@ApplicationScoped
class WorkerMetrics {
    private static final Logger LOG = Logger.getLogger(WorkerMetrics.class);

    private final WorkerTable table;
    private final LastMeasurement<Long> living = new LastMeasurement<>();

    WorkerMetrics(WorkerTable table) {
        this.table = table;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry, PeriodicTasks tasks) {
        tasks.every(Pace.MEASURING, LOG, "The workers cannot be counted", () -> table.living().invoke(living::take));
        Gauge.builder("sluice.workers", () -> living.get(Long::doubleValue))
                .description("Processes that handle orders and gave a sign of life in the last ten seconds")
                .register(registry);
    }
}
