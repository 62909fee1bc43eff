package io.sluice.stream;

import java.util.UUID;

/** Stand-in, to be overwritten by package stream. */
public record LogEvent(String position, String kind, UUID orderId, int version, String status) {}
