package io.sluice.batch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A batch as JSON shows it.
 *
 * @param expectedBy    when it will be through, as far as its progress tells; null if that is not known
 * @param filter        what its orders were selected by; null if they were listed
 * @param rejected      the first of the orders that were asked for and are not part of it; null in lists of batches
 * @param rejectedTotal all of them
 * @param waitsFor      the batch that has the printer now and goes first, or null
 */
public record BatchView(UUID id, BatchStatus status, String printOrder, String onFailure, Instant createdAt,
        String startedBy, Instant finishedAt, Instant expectedBy, BatchCounts counts, FilterView filter,
        List<Rejected> rejected, int rejectedTotal, UUID waitsFor) {}
