package io.sluice.partner;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.order.Partner;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.store.LastMeasurement;

/** Gauges of the partners, measured once a second. */
@ApplicationScoped
class PartnerMetrics {

    private static final Logger LOG = Logger.getLogger(PartnerMetrics.class);
    private final PartnerTable table;
    private final PartnerDirectory directory;
    private final LastMeasurement<List<PartnerView>> reading = new LastMeasurement<>();

    PartnerMetrics(PartnerTable table, PartnerDirectory directory) {
        this.table = table;
        this.directory = directory;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry, PeriodicTasks tasks) {
        tasks.every(Pace.MEASURING, LOG, "The partners cannot be measured", () -> table.views().invoke(reading::take));
        for (Partner partner : directory.all()) {
            Gauge.builder("sluice.partner.up",
                    () -> reading.get(all -> of(partner, all).state() == PartnerState.UP ? 1 : 0))
                    .tag("partner", partner.name())
                    .tag("kind", partner.kind().wireName())
                    .description("1 while the partner is called, 0 while it is down, being tried or paused")
                    .register(registry);
            Gauge.builder("sluice.partner.held.orders", () -> reading.get(all -> of(partner, all).heldOrders()))
                    .tag("partner", partner.name())
                    .tag("kind", partner.kind().wireName())
                    .description("Orders that wait for the partner's return")
                    .register(registry);
        }
    }

    private static PartnerView of(Partner partner, List<PartnerView> all) {
        return all.stream().filter(view -> view.name().equals(partner.name())).findFirst().orElseThrow();
    }
}
