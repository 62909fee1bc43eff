package io.sluice.process;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/** Tells role and version of this process as labels of a gauge, to be joined with other metrics. */
@Singleton
class ProcessInfo {

    void register(@Observes StartupEvent event, MeterRegistry registry, Role role,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Gauge.builder("sluice.process.info", () -> 1)
                .tag("role", role.configName())
                .tag("version", version)
                .description("1, with the role and the version of this process")
                .register(registry);
    }
}
