package io.sluice.webhook;

import java.util.List;

/** One page of the delivery log, newest first; {@code nextCursor} is null on the last one. */
public record DeliveryPage(List<DeliveryView> items, String nextCursor) {}
