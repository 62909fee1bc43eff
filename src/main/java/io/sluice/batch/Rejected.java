package io.sluice.batch;

import java.util.UUID;

/** Stand-in, to be overwritten by package batch. */
public record Rejected(UUID orderId, String reason) {}
