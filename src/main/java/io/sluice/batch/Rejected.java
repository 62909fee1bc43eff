package io.sluice.batch;

import java.util.UUID;

/** An order that was asked for and is not part of the batch, and why not, as a sentence. */
public record Rejected(UUID orderId, String reason) {}
