package io.sluice.partner;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Partner;
import io.sluice.store.DatabaseClock;

/** How the partners are doing, as this process knows it: what {@link PartnerTable} said a quarter of a second ago. */
@ApplicationScoped
public class PartnerBoard {
    private final Map<Partner, PartnerState> states = new ConcurrentHashMap<>();
    private final Map<Partner, Instant> lastSuccess = new ConcurrentHashMap<>();
    private volatile DatabaseClock clock = DatabaseClock.setTo(Instant.now());

    /** Whether the partner may be called by anybody but the worker that probes it. */
    public boolean up(Partner partner) {
        return state(partner) == PartnerState.UP;
    }

    PartnerState state(Partner partner) {
        return states.getOrDefault(partner, PartnerState.UP);
    }

    /**
     * Shows what the table says.
     *
     * @param lastSuccess when a call last succeeded, or null
     * @param now         the database's time
     */
    public void show(Partner partner, PartnerState state, Instant lastSuccess, Instant now) {
        states.put(partner, state);
        clock = DatabaseClock.setTo(now);
        if (lastSuccess != null) {
            this.lastSuccess.merge(partner, lastSuccess, (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    /** Stops the calls of this process at once, until the table has been asked again. */
    void presumeDown(Partner partner) {
        states.put(partner, PartnerState.DOWN);
    }

    void succeeded(Partner partner) {
        lastSuccess.put(partner, clock.now());
    }

    /** Whether a call has succeeded since {@code since}; false if that is null. */
    boolean workedSince(Partner partner, Instant since) {
        Instant success = lastSuccess.get(partner);
        return since != null && success != null && success.isAfter(since);
    }

    /** How long ago a call of this process or another one last succeeded; null if that is not known. */
    public Duration sinceSuccess(Partner partner) {
        Instant success = lastSuccess.get(partner);
        return success == null ? null : Duration.between(success, clock.now());
    }
}
