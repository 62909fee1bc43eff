package io.sluice.crash;

/**
 * Something that happened at a lane.
 *
 * @param id      tells the sequence: the lane's row was locked when it was drawn
 * @param batchId whose order it was about; null for {@link Kind#HELD}
 * @param worker  who holds the lane from now on, or who wrote the attempt, or null
 */
record LaneEvent(long id, String lane, Kind kind, String batchId, String worker, String what) {

    enum Kind {
        /** A worker took the lane, or gave it up. */
        HELD,
        /** An attempt of the lane's step was written. */
        WROTE,
        /** The cursor went past an order; by the worker that wrote an attempt in the same transaction. */
        MOVED
    }
}
