package io.sluice.simulator;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the carrier did with a shipment: created it or made it void. */
record Shipment(String idempotencyKey, String orderId, Act act, String trackingNumber, String carrier, Instant at)
        implements
            Effect {

    enum Act {
        CREATED, VOIDED
    }

    static Shipment fromJson(ObjectNode json) {
        return new Shipment(json.required("idempotencyKey").textValue(), json.required("orderId").textValue(),
                Act.valueOf(json.required("act").textValue()), json.required("trackingNumber").textValue(),
                json.required("carrier").textValue(), Instant.parse(json.required("at").textValue()));
    }

    @Override
    public ObjectNode toJson() {
        return Json.object()
                .put("idempotencyKey", idempotencyKey)
                .put("orderId", orderId)
                .put("act", act.name())
                .put("trackingNumber", trackingNumber)
                .put("carrier", carrier)
                .put("at", Json.timestamp(at));
    }

    boolean isCreation() {
        return act == Act.CREATED;
    }

    Shipment voidedBy(String key, Instant now) {
        return new Shipment(key, orderId, Act.VOIDED, trackingNumber, carrier, now);
    }
}
