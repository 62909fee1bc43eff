package io.sluice.stream;

import java.time.Instant;
import java.util.UUID;

import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.vertx.core.buffer.Buffer;

/**
 * One event of the log. What is told of an order is null, or 0, where the event is no order's.
 *
 * @param kind      {@code order}, or whatever else the event tells of
 * @param outcome   of the attempt that the event tells of, or null
 * @param startedAt when that attempt started, or null
 * @param encoded   the event as Server-Sent Event, encoded once for all of its readers
 */
public record LogEvent(Position position, String kind, UUID orderId, String channel, int version, OrderStatus status,
        String step, Outcome outcome, UUID batchId, Instant startedAt, Instant at, Buffer encoded) {

    /** An event that is no order's. */
    static LogEvent ofOther(Position position, String kind, UUID batchId, Instant at, Buffer encoded) {
        return new LogEvent(position, kind, null, null, 0, null, null, null, batchId, null, at, encoded);
    }
}
