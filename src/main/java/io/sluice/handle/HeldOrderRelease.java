package io.sluice.handle;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.order.Partner;
import io.sluice.partner.PartnerConfig;
import io.sluice.partner.PartnerTable;

/**
 * Releases the held orders of a partner that works again, in their order: at a tenth of the rate at first, doubling every
 * second, never all at once. Workers take turns.
 */
@ApplicationScoped
class HeldOrderRelease {
    private static final Logger LOG = Logger.getLogger(HeldOrderRelease.class);
    /** How often the fleet releases orders; each worker looks a little less often than that. */
    private static final long TURN_MS = 200;
    private static final long TELL_NANOS = Duration.ofSeconds(1).toNanos();

    private final OutageTable held;
    private final PartnerTable table;
    private final PartnerConfig config;
    private final Worker worker;
    /** The partners whose orders are being released, and when an event last told how many are left. */
    private final Map<Partner, Long> told = new HashMap<>();

    HeldOrderRelease(OutageTable held, PartnerTable table, PartnerConfig config, Worker worker) {
        this.held = held;
        this.table = table;
        this.config = config;
        this.worker = worker;
    }

    /** Called again and again while the partner is up, on one context. */
    void go(Partner partner, PartnerTable.Status status) {
        if (status.holds()) {
            double rate = Math.min(config.resumeRate(),
                    config.resumeRate() / 10.0 * Math.pow(2, status.sinceSeconds()));
            release(partner, (int) Math.max(1, Math.round(rate * OutageMonitor.LOOK_MS / 1000)));
        } else if (told.remove(partner) != null) {
            tell(partner);
        }
    }

    private void release(Partner partner, int limit) {
        told.putIfAbsent(partner, System.nanoTime());
        if (System.nanoTime() - told.get(partner) > TELL_NANOS) {
            told.put(partner, System.nanoTime());
            tell(partner);
        }
        held.release(partner, limit, TURN_MS)
                .subscribe()
                .with(worker::due, failure -> LOG.warnf("Orders held by the %s cannot be released yet (%s)",
                        partner.inWords(), failure));
    }

    private void tell(Partner partner) {
        table.tell(partner).subscribe().with(done -> {
        }, failure -> LOG.debugf("The state of the %s was not told: %s", partner.inWords(), failure));
    }
}
