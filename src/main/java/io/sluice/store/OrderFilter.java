package io.sluice.store;

import java.util.Set;
import java.util.stream.Collectors;

import io.sluice.order.OrderDraft;
import io.sluice.order.OrderStatus;

/**
 * Which orders a table shows.
 *
 * @param statuses empty for all
 * @param channel  in any case; null for all
 * @param text     words, each part of an order number, SKU, name or e-mail address, or a tracking number, or the
 *                 beginning of an id; null for all
 */
public record OrderFilter(Set<OrderStatus> statuses, String channel, String text) {
    public static final OrderFilter ALL = new OrderFilter(Set.of(), null, null);

    public OrderFilter {
        channel = channel == null ? null : OrderDraft.channelName(channel);
    }

    public boolean shows(OrderStatus status) {
        return statuses.isEmpty() || statuses.contains(status);
    }

    /** Whether the order has the status and the channel. */
    public boolean shows(OrderView order) {
        return shows(order.status()) && (channel == null || channel.equals(order.channel()));
    }

    /** The part of it that has one of these statuses; null if there is none. */
    public OrderFilter within(Set<OrderStatus> some) {
        Set<OrderStatus> both = some.stream().filter(this::shows).collect(Collectors.toSet());
        return both.isEmpty() ? null : new OrderFilter(both, channel, text);
    }
}
