package io.sluice.partner;

import java.time.Instant;

import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;

/**
 * A partner as {@code GET /api/partners} and the {@code partner} event show it.
 *
 * @param kind        {@code carrier}, {@code printer} or {@code marketplace}
 * @param since       when it went down, came back, or was paused
 * @param nextProbeAt when it will be tried again, while DOWN, else null
 * @param failureRate share of the last minute's calls that it failed to answer properly, 0 to 1; a refusal is an answer
 * @param heldOrders  orders that wait for its return, counted up to 100,000
 * @param reason      why it is PAUSED, if a reason was given, else null
 */
public record PartnerView(String name, String kind, PartnerState state, Instant since, Instant nextProbeAt,
        double failureRate, long heldOrders, String reason) {

    /** The partner in a sentence, after "the": {@code carrier}, {@code carrier dhl}. */
    public String inWords() {
        return new Partner(PartnerKind.of(kind), name).inWords();
    }
}
