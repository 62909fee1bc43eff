package io.sluice.stream;

import java.time.Instant;
import java.util.UUID;

import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.vertx.core.buffer.Buffer;

/**
 * One event of the log.
 *
 * @param outcome   of the attempt that the event tells of, or null
 * @param startedAt when that attempt started, or null
 * @param encoded   the event as Server-Sent Event, encoded once for all of its readers
 */
public record LogEvent(Position position, String kind, UUID orderId, String channel, int version, OrderStatus status,
        String step, Outcome outcome, UUID batchId, Instant startedAt, Instant at, Buffer encoded) {}
