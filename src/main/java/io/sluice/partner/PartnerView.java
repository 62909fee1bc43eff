package io.sluice.partner;

import java.time.Instant;

/**
 * A partner as {@code GET /api/partners} and the {@code partner} event show it.
 *
 * @param since       when it went down or came back
 * @param nextProbeAt when it will be tried again, while DOWN, else null
 * @param failureRate share of the last minute's calls that it failed to answer properly, 0 to 1; a refusal is an answer
 * @param heldOrders  orders that wait for its return, counted up to 100,000
 */
public record PartnerView(String name, PartnerState state, Instant since, Instant nextProbeAt, double failureRate,
        long heldOrders) {}
