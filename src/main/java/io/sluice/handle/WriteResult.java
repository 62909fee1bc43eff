package io.sluice.handle;

/**
 * What came of writing an attempt.
 *
 * @param version of the order after it
 */
record WriteResult(Kind kind, int version) {
    static final WriteResult REFUSED = new WriteResult(Kind.REFUSED, 0);
    static final WriteResult CANCEL_REQUESTED = new WriteResult(Kind.CANCEL_REQUESTED, 0);

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

    boolean written() {
        return kind == Kind.WRITTEN || kind == Kind.IN_LANE;
    }
}
