package io.sluice.partner;

import java.util.List;
import java.util.function.ToDoubleFunction;

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
            gauge(registry, partner, "up", "1 while the partner is called, 0 while it is down, being probed, or paused",
                    view -> view.state() == PartnerState.UP ? 1 : 0);
            gauge(registry, partner, "paused", "1 while an operator has paused the partner, else 0",
                    view -> view.state() == PartnerState.PAUSED ? 1 : 0);
            gauge(registry, partner, "held.orders",
                    "Orders that wait for the partner to work again, counted up to 100,000", PartnerView::heldOrders);
            gauge(registry, partner, "failure.ratio",
                    "Share of the last minute's calls that the partner failed to answer properly, 0 to 1",
                    PartnerView::failureRate);
        }
    }

    private void gauge(MeterRegistry registry, Partner partner, String name, String description,
            ToDoubleFunction<PartnerView> figure) {
        Gauge.builder("sluice.partner." + name, () -> reading.get(all -> figure.applyAsDouble(of(partner, all))))
                .tag("partner", partner.name())
                .tag("kind", partner.kind().wireName())
                .description(description)
                .register(registry);
    }

    private static PartnerView of(Partner partner, List<PartnerView> all) {
        return all.stream().filter(view -> view.name().equals(partner.name())).findFirst().orElseThrow();
    }
}
