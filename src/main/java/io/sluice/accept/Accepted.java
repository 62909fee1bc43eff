package io.sluice.accept;

import io.sluice.store.OrderView;

/**
 * The answer to a request that stored an order, or that found it stored.
 *
 * @param created  false if an earlier request, with the same channel, external id and content, had stored it
 * @param replayed whether this is the answer to an earlier request with the same Idempotency-Key and body
 */
public record Accepted(OrderView order, boolean created, boolean replayed) {}
