package io.sluice.batch;

import java.util.UUID;

/** An order that was asked for and is not part of the batch, and why not. */
public record Rejected(UUID orderId, String reason) {}
