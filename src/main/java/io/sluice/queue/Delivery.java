package io.sluice.queue;

import java.util.UUID;

/**
 * A message that came in. Until it is settled the broker keeps it for another worker.
 *
 * @param settle tells the broker that the message is done with
 */
public record Delivery(UUID orderId, Runnable settle) {}
