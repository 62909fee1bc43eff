package io.sluice.intake;

import java.time.Instant;

/**
 * Where an import stands.
 *
 * @param partnerState see {@link io.sluice.partner.PartnerState}
 * @param startedAt    of the present import or, once it has ended, the last one; null before the first
 * @param finishedAt   null while it goes on
 * @param error        why it ended early, or null
 * @param nextAt       when the next page is fetched
 * @param kept         orders that are kept with their problem
 */
record ImportState(String marketplace, String partnerState, Instant startedAt, Instant finishedAt, String error,
        PageCounts counts, Instant nextAt, long kept) {

    boolean hasEndedSince(Instant moment) {
        return finishedAt != null && !startedAt.isBefore(moment);
    }
}
