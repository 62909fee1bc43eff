package io.sluice.crash;

import java.time.Instant;

/**
 * What a partner did for an order.
 *
 * @param batchId the batch that the order was in then
 * @param marked  whether the partner was told that it comes out of sequence
 * @param repeats how often the partner was asked for it again when it had done it
 */
record Effect(String orderId, String batchId, boolean marked, Instant at, int repeats) {}
