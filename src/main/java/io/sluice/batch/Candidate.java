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
        return new Rejected(id, status == null ? "There is no such order." : whyNot());
    }

    private String whyNot() {
        return switch (status) {
            // RECEIVED or FAILED and yet rejected: somebody else had it a moment ago.
            case QUEUED, HANDLING, DELAYED, RECEIVED, FAILED -> batch == null
                    ? "It is being handled already."
                    : "It is in batch " + batch + ", which is still running.";
            case HANDLED -> "It has been handled.";
            case CANCELLED -> "It is cancelled.";
        };
    }
}
