package io.sluice.accept;

import io.sluice.store.OrderView;

/** Stand-in, to be overwritten by package accept. */
public record Accepted(OrderView order, boolean created) {}
