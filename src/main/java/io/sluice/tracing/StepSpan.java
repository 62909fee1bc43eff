package io.sluice.tracing;

import java.util.UUID;

/**
 * What is to be traced of an attempt. The trace of an order has one attempt of each step at most. Every further one
 * begins a trace of its own, with links: an order may be retried for days, and a trace must end.
 *
 * @param order   the span of the request that the order came with, or null
 * @param retryOf the span of the attempt before, or of the request to retry; or null
 * @param batch   the span of the request that started the order's batch, or null
 * @param again   whether the step may have been begun before
 */
public record StepSpan(String name, UUID orderId, UUID batchId, int attempt, String partner, String worker,
        String order, String retryOf, String batch, boolean again) {}
