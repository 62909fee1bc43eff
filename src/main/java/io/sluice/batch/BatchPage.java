package io.sluice.batch;

import java.util.List;

/** One page of the list of batches, newest first; {@code nextCursor} is null on the last one. */
public record BatchPage(List<BatchView> items, String nextCursor) {}
