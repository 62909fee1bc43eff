package io.sluice.batch;

import java.util.Map;

import io.sluice.order.OrderStatus;

/**
 * How the orders of a batch stand; the others add up to {@code total}.
 *
 * @param waiting those that have not begun, and, once the batch was stopped or aborted, those that it did without
 */
public record BatchCounts(int total, int waiting, int handling, int delayed, int handled, int failed, int cancelled) {

    static BatchCounts of(Map<OrderStatus, Integer> orders) {
        return new BatchCounts(orders.values().stream().mapToInt(Integer::intValue).sum(),
                count(orders, OrderStatus.RECEIVED) + count(orders, OrderStatus.QUEUED),
                count(orders, OrderStatus.HANDLING), count(orders, OrderStatus.DELAYED),
                count(orders, OrderStatus.HANDLED), count(orders, OrderStatus.FAILED),
                count(orders, OrderStatus.CANCELLED));
    }

    private static int count(Map<OrderStatus, Integer> orders, OrderStatus status) {
        return orders.getOrDefault(status, 0);
    }

    /** Those that have come to a result, be it only until a person retries. */
    int settled() {
        return handled + failed + cancelled;
    }
}
