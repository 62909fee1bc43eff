package io.sluice.outbox;

import java.util.UUID;

/** A message that is stored and not yet known to be safe at the broker. */
public record OutboxRow(long id, UUID orderId) {}
