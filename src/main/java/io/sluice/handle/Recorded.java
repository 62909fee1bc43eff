package io.sluice.handle;

import java.util.UUID;

/**
 * What came of recording an attempt.
 *
 * @param written false if the order is to be cancelled, or has been taken over by somebody else: nothing was written then
 * @param parked  whether the order now waits for its turn at a gate
 * @param version of the order after it
 * @param toBeCancelled whether a person has asked for that meanwhile; the order is still this worker's
 * @param next    the order that may pass the gate now, taken for this worker; null if there is none
 * @param woken   the order that may pass the gate now, free for any worker; null if there is none
 */
record Recorded(boolean written, boolean parked, int version, boolean toBeCancelled, Claim next, UUID woken) {
    static final Recorded REFUSED = new Recorded(false, false, 0, false, null, null);
    static final Recorded TO_BE_CANCELLED = new Recorded(false, false, 0, true, null, null);

    Recorded parkedNow() {
        return new Recorded(written, true, version, toBeCancelled, next, woken);
    }

    Recorded taking(Claim taken) {
        return new Recorded(written, parked, version, toBeCancelled, taken, woken);
    }

    Recorded waking(UUID order) {
        return new Recorded(written, parked, version, toBeCancelled, next, order);
    }
}
