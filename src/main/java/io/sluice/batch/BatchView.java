package io.sluice.batch;

import java.util.List;
import java.util.UUID;

/** Stand-in, to be overwritten by package batch. */
public record BatchView(UUID id, String status, BatchCounts counts, List<Rejected> rejected) {}
