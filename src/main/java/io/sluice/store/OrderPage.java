package io.sluice.store;

import java.util.List;

/** One page of the table of orders, newest {@code placedAt} first; {@code nextCursor} is null on the last one. */
public record OrderPage(List<OrderView> items, String nextCursor) {}
