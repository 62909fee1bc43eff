package io.sluice.store;

import java.util.List;

import io.sluice.access.Maskable;

/**
 * What happened to an order: the attempts at its steps, and what people did to it; each oldest first.
 *
 * @param requestId {@code X-Request-Id} of the request that it came with, or null
 * @param traceId   of that request's trace; null if it was not traced
 */
public record OrderHistory(String requestId, String traceId, List<AttemptView> attempts,
        List<ActionView> actions) implements Maskable<OrderHistory> {

    @Override
    public OrderHistory masked() {
        return new OrderHistory(requestId, traceId, attempts.stream().map(AttemptView::masked).toList(), actions);
    }
}
