package io.sluice.store;

import java.util.List;

/** What happened to an order: the attempts at its steps, and what people did to it; each oldest first. */
public record OrderHistory(List<AttemptView> attempts, List<ActionView> actions) {}
