package io.sluice.dashboard.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.sluice.dashboard.StatusBadge;
import io.sluice.order.OrderStatus;

/**
 * A status filter of the table.
 *
 * @param href  the page with this filter toggled
 * @param count the number of orders, or null if they are not counted
 */
record StatusFilter(StatusBadge badge, boolean on, String href, String count) {

    static List<StatusFilter> all(TableAddress address, Map<OrderStatus, String> counts) {
        return Arrays.stream(OrderStatus.values())
                .map(status -> new StatusFilter(new StatusBadge(status), address.shows(status),
                        address.toggling(status).href(), counts.get(status)))
                .toList();
    }
}
