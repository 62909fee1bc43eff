package io.sluice.crash;

import java.time.Instant;

/**
 * An effect at a partner.
 *
 * @param batchId the batch of the order at that time
 * @param marked  whether the request was marked as out of sequence
 * @param repeats the number of requests for it after its completion
 */
record Effect(String orderId, String batchId, boolean marked, Instant at, int repeats) {}
