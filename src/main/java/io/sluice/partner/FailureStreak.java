package io.sluice.partner;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The failures of one partner since its last success, as one worker sees them. Decides when the partner is down: when
 * nothing works there. Errors that it answers count once an order, so that one order that it cannot process proves
 * nothing.
 */
final class FailureStreak {
    private final int limit;
    private final Set<UUID> ordersAnswered = new HashSet<>();
    private int unanswered;

    /** @param limit how many failures in a row it takes */
    FailureStreak(int limit) {
        this.limit = limit;
    }

    /** The partner works. */
    synchronized void end() {
        ordersAnswered.clear();
        unanswered = 0;
    }

    /**
     * Adds a failure.
     *
     * @param underway calls to the partner that have not ended. Errors come faster than successes: as long as more
     *     calls are under way than have failed, one of them may succeed
     * @return whether the partner is down
     */
    synchronized boolean add(UUID orderId, Verdict verdict, int underway) {
        boolean answered = verdict == Verdict.ORDER_FAILS;
        if (answered) {
            ordersAnswered.add(orderId);
        } else {
            unanswered++;
        }
        int failures = unanswered + ordersAnswered.size();
        return failures >= limit && (!answered || failures > underway);
    }
}
