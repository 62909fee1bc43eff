package io.sluice.store;

import java.time.Instant;
import java.util.List;

import io.sluice.order.OrderAction;

/**
 * One action on an order.
 *
 * @param fields names of the fields that a correction changed, for example {@code shipTo.city}; null otherwise
 * @param actor  who did it
 * @param requestId {@code X-Request-Id} of the request, or null
 */
public record ActionView(OrderAction action, List<String> fields, Instant at, String actor,
        String requestId) {}
