package io.sluice.batch;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.sluice.order.FailurePolicy;
import io.sluice.order.PrintOrder;
import io.sluice.store.OrderFilter;

/**
 * What a batch is to be: its orders, the sequence of their slips, and what happens when one fails.
 *
 * @param orderIds in the sequence of their positions, none twice; null if there is a filter
 * @param filter   takes every match, in the sequence of the table; null if there are ids
 * @param printer  the name of the printer that prints its slips; null if each order's own does
 */
public record BatchRequest(List<UUID> orderIds, OrderFilter filter, PrintOrder printOrder, FailurePolicy onFailure,
        String printer) {

    public BatchRequest {
        if ((orderIds == null) == (filter == null)) {
            throw new IllegalArgumentException("either ids or a filter");
        }
        Objects.requireNonNull(printOrder);
        Objects.requireNonNull(onFailure);
    }

    /** These orders, at the positions they are listed at. */
    public static BatchRequest ofOrders(List<UUID> orderIds, PrintOrder printOrder, FailurePolicy onFailure) {
        return new BatchRequest(List.copyOf(orderIds), null, printOrder, onFailure, null);
    }

    /** Every order that matches, newest placed first, as they are at the moment the batch is made. */
    public static BatchRequest ofFilter(OrderFilter filter, PrintOrder printOrder, FailurePolicy onFailure) {
        return new BatchRequest(null, filter, printOrder, onFailure, null);
    }

    /** The same, printed by that printer, or by each order's own if it is null. */
    public BatchRequest printedBy(String name) {
        return new BatchRequest(orderIds, filter, printOrder, onFailure, name);
    }
}
