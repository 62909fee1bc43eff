package io.sluice.batch;

import java.util.List;

/** One page of the orders of a batch by position; {@code nextCursor} is null on the last one. */
public record BatchItemPage(List<BatchItemView> items, String nextCursor) {}
