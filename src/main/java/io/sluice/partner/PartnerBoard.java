package io.sluice.partner;

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
    /** This process' own clock, until the database's is known. */
    private volatile DatabaseClock clock = DatabaseClock.setTo(Instant.now());
    private volatile boolean clockIsSet;

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
        // What the database says is a little old when it arrives: the clock that is ahead is closer to the truth. It
        // never goes back, so a success is never younger than a failure that came after it.
        DatabaseClock read = DatabaseClock.setTo(now);
        clock = clockIsSet && clock.now().isAfter(read.now()) ? clock : read;
        clockIsSet = true;
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

    Instant now() {
        return clock.now();
    }

    /** When a call of this process or another one last succeeded; null if that is not known. */
    public Instant lastSuccess(Partner partner) {
        return lastSuccess.get(partner);
    }
}
