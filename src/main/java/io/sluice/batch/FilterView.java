package io.sluice.batch;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.store.OrderFilter;

/** A filter as clients write it; null stands for all. */
public record FilterView(List<OrderStatus> status, String channel, String q, String step, String cause,
        String country, Instant placedFrom, Instant placedTo) {

    FilterView withoutText() {
        return new FilterView(status, channel, null, step, cause, country, placedFrom, placedTo);
    }

    static FilterView of(OrderFilter filter) {
        return new FilterView(filter.statuses().isEmpty() ? null : filter.statuses().stream().sorted().toList(),
                filter.channel(), filter.text(), filter.step() == null ? null : filter.step().wireName(),
                filter.cause(), filter.country(), filter.placedFrom(), filter.placedTo());
    }

    public OrderFilter toFilter() {
        return new OrderFilter(status == null ? Set.of() : Set.copyOf(status), channel, q, Step.ofNullable(step),
                cause, country, placedFrom, placedTo);
    }
}
