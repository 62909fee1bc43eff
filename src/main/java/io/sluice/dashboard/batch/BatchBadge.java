package io.sluice.dashboard.batch;

import io.sluice.batch.BatchStatus;
import io.sluice.batch.BatchView;

/**
 * The label and icon of a batch status.
 *
 * @param ending whether the batch was stopped or aborted while some of its orders are still open
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
