package io.sluice.dashboard.batch;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.sluice.batch.BatchCounts;
import io.sluice.dashboard.Format;
import io.sluice.dashboard.StatusBadge;
import io.sluice.order.OrderStatus;

/**
 * A status filter for the orders of a batch, with its count.
 *
 * @param badge the status whose icon and colour it uses
 */
record ItemFilter(String label, StatusBadge badge, boolean on, String href, String count) {
    private static final Set<OrderStatus> WAITING = EnumSet.of(OrderStatus.RECEIVED, OrderStatus.QUEUED);

    static List<ItemFilter> all(BatchAddress address, BatchCounts counts) {
        return List.of(filter(address, WAITING, OrderStatus.QUEUED, "Waiting", counts.waiting()),
                filter(address, OrderStatus.HANDLING, counts.handling()),
                filter(address, OrderStatus.DELAYED, counts.delayed()),
                filter(address, OrderStatus.HANDLED, counts.handled()),
                filter(address, OrderStatus.FAILED, counts.failed()),
                filter(address, OrderStatus.CANCELLED, counts.cancelled()));
    }

    private static ItemFilter filter(BatchAddress address, OrderStatus status, int count) {
        return filter(address, EnumSet.of(status), status, new StatusBadge(status).label(), count);
    }

    private static ItemFilter filter(BatchAddress address, Set<OrderStatus> statuses, OrderStatus shown, String label,
            int count) {
        return new ItemFilter(label, new StatusBadge(shown), address.statuses().equals(statuses),
                address.of(statuses).href(), Format.number(count));
    }
}
