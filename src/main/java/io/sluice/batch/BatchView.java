package io.sluice.batch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A batch as JSON shows it. */
public record BatchView(UUID id, String status, String printOrder, String onFailure, Instant createdAt,
        Instant finishedAt, BatchCounts counts, List<Rejected> rejected) {}
