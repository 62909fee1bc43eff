package io.sluice.handle;

import java.util.List;
import java.util.UUID;

import io.sluice.handle.ArrivalTable.Arrival;
import io.sluice.handle.ArrivalTable.Fate;

/**
 * What came of recording an attempt.
 *
 * @param written false if the order is to be cancelled, or has been taken over by somebody else: nothing was written then
 * @param parked  whether the order now waits for its turn at a gate
 * @param admitted whether it need not ask at the gate of its next step, if that has one
 * @param late    whether its slip comes out of sequence; null if it has not come to a gate
 * @param version of the order after it
 * @param toBeCancelled whether a person has asked for that meanwhile; the order is still this worker's
 * @param next    the order that may pass the gate now, taken for this worker; null if there is none
 * @param woken   other orders that may go on now, free for any worker
 */
record Recorded(boolean written, boolean parked, boolean admitted, Boolean late, int version, boolean toBeCancelled,
        Claim next,
        List<UUID> woken) {
    static final Recorded REFUSED = new Recorded(false, false, false, null, 0, false, null, List.of());
    static final Recorded TO_BE_CANCELLED = new Recorded(false, false, false, null, 0, true, null, List.of());

    static Recorded written(int version, boolean parked) {
        return new Recorded(true, parked, true, null, version, false, null, List.of());
    }

    Recorded at(Arrival arrival) {
        return new Recorded(written, arrival.fate() == Fate.PARKED || arrival.fate() == Fate.GONE,
                arrival.fate() == Fate.THROUGH, arrival.late(), version, toBeCancelled, next, woken);
    }

    Recorded taking(Claim taken) {
        return new Recorded(written, parked, admitted, late, version, toBeCancelled, taken, woken);
    }

    Recorded waking(List<UUID> orders) {
        return new Recorded(written, parked, admitted, late, version, toBeCancelled, next, orders);
    }
}
