package io.sluice.batch;

import java.util.List;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;

/** A filter as clients write it; null stands for all. */
public record FilterView(List<OrderStatus> status, String channel, String q) {

    static FilterView of(OrderFilter filter) {
        return new FilterView(filter.statuses().isEmpty() ? null : filter.statuses().stream().sorted().toList(),
                filter.channel(), filter.text());
    }
}
