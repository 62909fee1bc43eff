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
        UUID order = row.getUUID("order_id");
        UUID batch = row.getUUID("busy_batch");
        String status = row.getString("status");
        if (status == null) {
            return new Rejected(order, "There is no such order.", null);
        }
        return switch (OrderStatus.valueOf(status)) {
            case HANDLED -> new Rejected(order, "It has been handled.", null);
            case CANCELLED -> new Rejected(order, "It is cancelled.", null);
            // RECEIVED and FAILED can be taken; they are rejected if another batch was quicker.
            case QUEUED, HANDLING, DELAYED, RECEIVED, FAILED -> batch == null
                    ? new Rejected(order, "It is being handled already.", null)
                    : new Rejected(order, "It is in batch " + batch + ", which is still running.", batch);
        };
    }
}
