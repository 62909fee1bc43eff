package io.sluice.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.sluice.order.OrderStatus;

/**
 * One status as a filter of the table.
 *
 * @param href  the page with this filter switched over
 * @param count how many orders there are of it, or null where nobody counts
 */
record StatusFilter(StatusBadge badge, boolean on, String href, String count) {

    static List<StatusFilter> all(TableAddress address, Map<OrderStatus, String> counts) {
        return Arrays.stream(OrderStatus.values())
                .map(status -> new StatusFilter(new StatusBadge(status), address.shows(status),
                        address.toggling(status).href(), counts.get(status)))
                .toList();
    }
}
