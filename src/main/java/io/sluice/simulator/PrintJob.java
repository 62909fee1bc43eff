package io.sluice.simulator;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A sheet that came out of the printer; its content is not kept here.
 *
 * @param batchId {@code null} if printed outside a batch
 * @param position place in the batch, from 1; 0 if printed outside a batch
 * @param outOfSequence whether its client said that it comes later than its place in the batch says
 */
record PrintJob(String idempotencyKey, String orderId, String jobId, String batchId, int position,
        boolean outOfSequence, Instant at)
        implements
            Effect {

    static PrintJob fromJson(ObjectNode json) {
        return new PrintJob(json.required("idempotencyKey").textValue(), json.required("orderId").textValue(),
                json.required("jobId").textValue(), json.required("batchId").textValue(),
                json.required("position").intValue(), json.path("outOfSequence").asBoolean(false),
                Instant.parse(json.required("at").textValue()));
    }

    @Override
    public ObjectNode toJson() {
        return withSequence(Json.object()
                .put("idempotencyKey", idempotencyKey)
                .put("orderId", orderId)
                .put("jobId", jobId)
                .put("batchId", batchId)
                .put("position", positionOrNull())
                .put("at", Json.timestamp(at)));
    }

    /** With the member {@code outOfSequence} if the sheet was; without it otherwise. */
    ObjectNode withSequence(ObjectNode json) {
        return outOfSequence ? json.put("outOfSequence", true) : json;
    }

    Integer positionOrNull() {
        return position == 0 ? null : position;
    }
}
