package io.sluice.simulator;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that the marketplace was told about an order: its tracking number, or that it is shipped.
 *
 * @param trackingNumber {@code null} if this says that the order is shipped; the carrier likewise
 * @param calls how many calls for the order there had been by then, this one included
 */
record MarketplaceUpdate(String idempotencyKey, String orderId, String trackingNumber, String carrier, int calls,
        Instant at) implements Effect {

    static MarketplaceUpdate fromJson(ObjectNode json) {
        return new MarketplaceUpdate(json.required("idempotencyKey").textValue(),
                json.required("orderId").textValue(), json.required("trackingNumber").textValue(),
                json.required("carrier").textValue(), json.required("calls").intValue(),
                Instant.parse(json.required("at").textValue()));
    }

    boolean isTracking() {
        return trackingNumber != null;
    }

    @Override
    public ObjectNode toJson() {
        return Json.object()
                .put("idempotencyKey", idempotencyKey)
                .put("orderId", orderId)
                .put("trackingNumber", trackingNumber)
                .put("carrier", carrier)
                .put("calls", calls)
                .put("at", Json.timestamp(at));
    }
}
