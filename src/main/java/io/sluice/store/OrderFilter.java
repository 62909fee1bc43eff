package io.sluice.store;

import java.util.Set;

import io.sluice.order.OrderDraft;
import io.sluice.order.OrderStatus;

/**
 * Which orders a table shows.
 *
 * @param statuses empty for all
 * @param channel  in any case; null for all
 * @param text     part of an external id or customer name, or an order id; null for all
 */
public record OrderFilter(Set<OrderStatus> statuses, String channel, String text) {
    public static final OrderFilter ALL = new OrderFilter(Set.of(), null, null);

    public OrderFilter {
        channel = channel == null ? null : OrderDraft.channelName(channel);
    }

    /** A pattern that finds {@code text} anywhere, for {@code ilike … escape '!'}. */
    public String pattern() {
        return "%" + text.replaceAll("([!%_])", "!$1") + "%";
    }
}
