package io.sluice.outbox;

import java.util.UUID;

/** A stored message that the broker has not confirmed. */
public record OutboxRow(long id, UUID orderId) {}
