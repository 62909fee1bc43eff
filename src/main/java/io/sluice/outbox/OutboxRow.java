package io.sluice.outbox;

import java.util.UUID;

/**
 * A stored message that the broker has not confirmed.
 *
 * @param traceparent the span of the request that it comes from; null if that is not traced
 */
public record OutboxRow(long id, UUID orderId, String traceparent) {}
