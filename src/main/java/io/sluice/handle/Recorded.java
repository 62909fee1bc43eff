package io.sluice.handle;

import java.util.UUID;

/**
 * What came of recording an attempt.
 *
 * @param written false if the order had been taken over by somebody else, so that nothing was written
 * @param parked  whether the order now waits for its turn at a gate
 * @param version of the order after it
 * @param next    the order that may pass the gate now, taken for this worker; null if there is none
 * @param woken   the order that may pass the gate now, free for any worker; null if there is none
 */
record Recorded(boolean written, boolean parked, int version, Claim next, UUID woken) {
    static final Recorded REFUSED = new Recorded(false, false, 0, null, null);

    Recorded parkedNow() {
        return new Recorded(written, true, version, next, woken);
    }

    Recorded taking(Claim taken) {
        return new Recorded(written, parked, version, taken, woken);
    }

    Recorded waking(UUID order) {
        return new Recorded(written, parked, version, next, order);
    }
}
