package io.sluice.simulator;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How an order was at the marketplace from some moment on, as a line of the journal.
 *
 * @param sequence  grows with every change of any order
 * @param order     as the shop would see it
 */
record PendingOrder(long sequence, String externalId, ObjectNode order, Instant at) {

    static PendingOrder fromJson(ObjectNode line) {
        return new PendingOrder(line.path("sequence").longValue(), line.path("externalId").textValue(),
                (ObjectNode) line.path("order"), Instant.parse(line.path("at").textValue()));
    }

    ObjectNode toJson() {
        ObjectNode line = Json.object()
                .put("sequence", sequence)
                .put("externalId", externalId)
                .put("at", Json.timestamp(at));
        line.set("order", order);
        return line;
    }
}
