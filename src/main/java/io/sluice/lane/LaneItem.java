package io.sluice.lane;

import java.time.Instant;
import java.util.UUID;

/**
 * An order of a batch, as its lane sees it.
 *
 * @param rank           its place in the sequence; lower ranks go first
 * @param outcomeUnknown whether a call of the lane's step may have gone out, and its answer is not known
 * @param held           whether its partner is down or paused
 * @param failing        whether its step has failed while the partner answered, so that the order may be to blame
 * @param lastAttempt    whether the order fails for good if its step fails once more
 * @param since          since when it has been delayed; of one that the lane's partner holds, or that stands in the lane
 *                       and has failed, when it was tried last; while COMING, since when it has been on its way
 * @param dueAt          when its wait, or its worker's lease, ends; or null
 */
public record LaneItem(UUID orderId, int rank, Place place, boolean outcomeUnknown, boolean held, boolean failing,
        boolean lastAttempt, Instant since, Instant dueAt) {

    /** Where the order is. */
    public enum Place {
        /** Its batch has not started it. */
        PARKED,
        /** A step before the lane is running, or about to. */
        COMING,
        /** A step before the lane is delayed. */
        DELAYED_BEFORE,
        /** It stands in the lane and can go next. */
        STANDING,
        /** A worker has it. */
        AT_WORK,
        /** The lane's step is delayed: it is retried later, or its partner holds it. */
        DELAYED,
        /** It failed, and rests until a person retries it. */
        FAILED,
        /** It was cancelled, is handled, or has left the batch. */
        GONE
    }

    /** Whether its next step is the lane's, and no worker has it. */
    boolean inLane() {
        return place == Place.STANDING || place == Place.DELAYED;
    }

    /** Whether the lane's step can be carried out now. */
    boolean ready(Instant now) {
        return place == Place.STANDING
                || place == Place.DELAYED && !held && (dueAt == null || !dueAt.isAfter(now));
    }
}
