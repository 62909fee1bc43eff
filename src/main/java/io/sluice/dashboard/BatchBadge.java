package io.sluice.dashboard;

import io.sluice.batch.BatchStatus;
import io.sluice.batch.BatchView;

/**
 * How a batch's status is shown: in words, and with an icon of its own shape.
 *
 * @param ending whether it was ended, and orders of it have not come to rest yet
 */
record BatchBadge(BatchStatus status, boolean ending) {

    static BatchBadge of(BatchView batch) {
        return new BatchBadge(batch.status(), batch.status() != BatchStatus.RUNNING && batch.finishedAt() == null);
    }

    public String label() {
        return switch (status) {
            case RUNNING -> "Running";
            case COMPLETED -> "Completed";
            case STOPPED -> ending ? "Stopping" : "Stopped";
            case ABORTED -> ending ? "Aborting" : "Aborted";
        };
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return switch (status) {
            case RUNNING -> "handling";
            case COMPLETED -> "handled";
            case STOPPED -> "failed";
            case ABORTED -> "cancelled";
        };
    }
}
