package io.sluice.store;

import java.util.List;

import io.sluice.access.Maskable;

/** One page of the table of orders, newest {@code placedAt} first; {@code nextCursor} is null on the last one. */
public record OrderPage(List<OrderView> items, String nextCursor) implements Maskable<OrderPage> {

    @Override
    public OrderPage masked() {
        return new OrderPage(items.stream().map(OrderView::masked).toList(), nextCursor);
    }
}
