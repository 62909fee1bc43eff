package io.sluice.batch;

import java.util.UUID;

import io.sluice.order.OrderStatus;
import io.vertx.mutiny.sqlclient.Row;

/**
 * An order that was asked for and is not part of the batch.
 *
 * @param reason  why not, as a sentence
 * @param batchId the batch that has the order; null if that is not the reason
 */
public record Rejected(UUID orderId, String reason, UUID batchId) {

    /** Of a row of {@code batch_candidate}; its status is null if there is no such order. */
    static Rejected of(Row row) {
        String status = row.getString("status");
        UUID batch = row.getUUID("busy_batch");
        String reason = status == null ? "There is no such order." : switch (OrderStatus.valueOf(status)) {
            case HANDLED -> "It has been handled.";
            case CANCELLED -> "It is cancelled.";
            // RECEIVED and FAILED can be taken; they are rejected if another batch was quicker.
            case QUEUED, HANDLING, DELAYED, RECEIVED, FAILED -> batch == null
                    ? "It is being handled already."
                    : "It is in batch " + batch + ", which is still running.";
        };
        return new Rejected(row.getUUID("order_id"), reason, batch);
    }
}
