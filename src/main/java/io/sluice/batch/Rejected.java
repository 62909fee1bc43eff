package io.sluice.batch;

import java.util.UUID;

/**
 * An order that was asked for and is not part of the batch.
 *
 * @param reason  why not, as a sentence
 * @param batchId the batch that has the order; null if that is not the reason
 */
public record Rejected(UUID orderId, String reason, UUID batchId) {}
