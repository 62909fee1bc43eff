package io.sluice.stream;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.sse.EventText;
import io.sluice.store.OrderView;
import io.sluice.store.ReasonView;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;

/** Turns rows of the log into events, and events into text. */
@ApplicationScoped
class EventEncoder {
    private final ObjectMapper json;

    EventEncoder(ObjectMapper json) {
        this.json = json;
    }

    LogEvent event(Row row) {
        Position position = new Position(row.getLong("xid"), row.getLong("id"));
        if (row.getString("data") != null) {
            return LogEvent.ofOther(position, row.getString("kind"), row.getUUID("batch_id"),
                    row.getOffsetDateTime("at").toInstant(), Buffer.buffer(row.getString("data")));
        }
        OrderEvent data = new OrderEvent(row.getUUID("order_id"), row.getInteger("version"), row.getString("status"),
                row.getString("step"), row.getInteger("attempt"), row.getString("outcome"),
                reason(row),
                row.getString("tracking_number"), row.getUUID("batch_id"), row.getInteger("position"),
                row.getOffsetDateTime("at").toInstant());
        Buffer encoded = encode(position, data);
        return new LogEvent(position, row.getString("kind"), data.orderId(), row.getString("channel"), data.version(),
                OrderStatus.valueOf(data.status()), data.step(),
                data.outcome() == null ? null : Outcome.valueOf(data.outcome()), data.batchId(),
                row.getOffsetDateTime("started_at") == null ? null : row.getOffsetDateTime("started_at").toInstant(),
                data.at(), encoded, EventText.event(position, row.getString("kind"), encoded));
    }

    /** The state of an order, as an event at this position. */
    Buffer state(Position position, OrderView order) {
        return EventText.event(position, "order", encode(position,
                new OrderEvent(order.id(), order.version(), order.status().name(), order.step(), null, null,
                        order.reason(), order.trackingNumber(), order.batchId(), order.position(), order.updatedAt())));
    }

    /** Tells a client that the id it resumes after is not known. */
    Buffer resync(Position position) {
        return EventText.event(position, "resync", Buffer.buffer("{}"));
    }

    private Buffer encode(Position position, OrderEvent data) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(data));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Event " + position + " cannot be encoded", impossible);
        }
    }

    /** The reason of a failure or delay. The history notes reasons of successes too; clients do not see those. */
    private static ReasonView reason(Row row) {
        String code = row.getString("reason_code");
        return code == null || Outcome.SUCCEEDED.name().equals(row.getString("outcome"))
                ? null
                : new ReasonView(code, row.getString("reason_detail"), null);
    }

    private record OrderEvent(UUID orderId, int version, String status, String step, Integer attempt, String outcome,
            ReasonView reason, String trackingNumber, UUID batchId, Integer position, Instant at) {}
}
