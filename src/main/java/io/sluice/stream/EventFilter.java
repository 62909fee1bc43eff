package io.sluice.stream;

import java.util.Set;
import java.util.UUID;

import io.sluice.order.OrderStatus;

/** Which events a client asked for; an empty set asks for all. */
record EventFilter(Set<UUID> orders, Set<UUID> batches, Set<String> channels, Set<OrderStatus> statuses) {
    static final EventFilter ALL = new EventFilter(Set.of(), Set.of(), Set.of(), Set.of());

    boolean everything() {
        return equals(ALL);
    }

    boolean takes(LogEvent event) {
        return (orders.isEmpty() || event.orderId() != null && orders.contains(event.orderId()))
                && (batches.isEmpty() || event.batchId() != null && batches.contains(event.batchId()))
                && (channels.isEmpty() || event.channel() != null && channels.contains(event.channel()))
                && (statuses.isEmpty() || event.status() != null && statuses.contains(event.status()));
    }
}
