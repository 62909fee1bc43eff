package io.sluice.handle;

import java.time.Duration;

/**
 * The order that comes next at a gate, taken while the one before it is still at the partner: between two slips the printer is
 * not to wait for the database. Belongs to one worker, on whose context all of this is called.
 */
final class Ahead {
    /** Less than what a lease has to spare (see {@link HandlingSetup}): the call must not outlast it. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private Claim next;
    private boolean over;

    /** @return false if the call of the one before is over already */
    boolean keep(Claim taken) {
        next = taken;
        return !over;
    }

    /** The call of the one before is over. @return what was taken by then, or null */
    Claim end() {
        over = true;
        return next;
    }

    /** Whether enough of the lease is left for the call of a step. */
    static boolean fresh(Claim taken) {
        return taken.clock().age().compareTo(FRESH) < 0;
    }
}
