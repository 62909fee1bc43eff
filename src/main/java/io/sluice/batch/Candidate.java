package io.sluice.batch;

import java.util.UUID;

import io.sluice.order.OrderStatus;
import io.vertx.mutiny.sqlclient.Row;

/**
 * An order that somebody would put into a batch.
 *
 * @param status null if there is no such order
 * @param batch  the one that has it and is still at work, or null
 */
record Candidate(UUID id, OrderStatus status, UUID batch) {

    static Candidate unknown(UUID id) {
        return new Candidate(id, null, null);
    }

    /** Of a row with id, status and batch. */
    static Candidate of(Row row) {
        return new Candidate(row.getUUID(0), OrderStatus.valueOf(row.getString(1)), row.getUUID(2));
    }

    boolean free() {
        return status != null && status.awaitsPerson() && batch == null;
    }

    Rejected rejected() {
        if (status == null) {
            return rejected("There is no such order.", null);
        }
        return switch (status) {
            case HANDLED -> rejected("It has been handled.", null);
            case CANCELLED -> rejected("It is cancelled.", null);
            // RECEIVED and FAILED can be taken; they are rejected if another batch was quicker.
            case QUEUED, HANDLING, DELAYED, RECEIVED, FAILED -> batch == null
                    ? rejected("It is being handled already.", null)
                    : rejected("It is in batch " + batch + ", which is still running.", batch);
        };
    }

    private Rejected rejected(String reason, UUID batchId) {
        return new Rejected(id, reason, batchId);
    }
}
