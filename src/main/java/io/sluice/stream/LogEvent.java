package io.sluice.stream;

import java.time.Instant;
import java.util.UUID;

import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.sse.EventText;
import io.vertx.core.buffer.Buffer;

/**
 * One event of the log. The fields about an order are null or 0 in other events.
 *
 * @param kind      {@code order}, {@code batch} or {@code partner}
 * @param outcome   of the attempt that ended with this event, or null
 * @param startedAt when that attempt started, or null
 * @param data      what clients are told, as JSON
 * @param encoded   the text of the Server-Sent Event, encoded once for all clients
 */
public record LogEvent(Position position, String kind, UUID orderId, String channel, int version, OrderStatus status,
        String step, Outcome outcome, UUID batchId, Instant startedAt, Instant at, Buffer data, Buffer encoded) {

    /** An event that is not about an order. */
    static LogEvent ofOther(Position position, String kind, UUID batchId, Instant at, Buffer data) {
        return new LogEvent(position, kind, null, null, 0, null, null, null, batchId, null, at, data,
                EventText.event(position, kind, data));
    }
}
