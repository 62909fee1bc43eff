package io.sluice.handle;

/**
 * What came of writing an attempt.
 *
 * @param version of the order after it; 0 if it was not written
 */
record Written(Attempt attempt, Kind kind, int version) {

    enum Kind {
        /** Written. If the order goes on, it is at its next step, which this worker may begin. */
        WRITTEN,
        /** Written. The order stands in the lane of its next step now. */
        IN_LANE,
        /** Not written: another worker has taken the order, or the lane, over. */
        REFUSED,
        /** Not written: a person has asked to cancel the order. It is still this worker's. */
        CANCEL_REQUESTED
    }
}
