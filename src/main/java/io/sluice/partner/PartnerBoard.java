package io.sluice.partner;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Partner;

/** Which partners are up, as this process knows it: what {@link PartnerTable} said a quarter of a second ago. */
@ApplicationScoped
public class PartnerBoard {
    private final Map<Partner, PartnerState> states = new ConcurrentHashMap<>();

    /** Whether the partner may be called by anybody but the one who probes it. */
    public boolean up(Partner partner) {
        return states.getOrDefault(partner, PartnerState.UP) == PartnerState.UP;
    }

    /** Shows what the table says. */
    public void show(Partner partner, PartnerState state) {
        states.put(partner, state);
    }

    /** Stops the calls of this process at once, until the table has been asked again. */
    void presumeDown(Partner partner) {
        show(partner, PartnerState.DOWN);
    }
}
