package io.sluice.dashboard.batch;

import java.util.List;

/**
 * One page of the list of batches.
 *
 * @param newest     whether this is the first page
 * @param nextCursor where the next page starts, or null on the last page
 */
record BatchList(List<BatchProgress> batches, boolean newest, String nextCursor) {

    public String olderHref() {
        return nextCursor == null ? null : "batches?cursor=" + nextCursor;
    }
}
