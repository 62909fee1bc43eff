package io.sluice.accept;

import java.time.Duration;

/**
 * Closes when the backlog reaches a limit, and opens again when a tenth of that has been handled. Otherwise all who were
 * sent away would come back for the place of a single order.
 */
final class BacklogGate {
    private static final double OPENS_AT = 0.9;
    /** While nothing is handled, no time can be estimated. After so long, the rate has been measured anew. */
    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    private final long limit;
    private boolean closed;

    BacklogGate(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    /**
     * How long the gate will be closed at the present rate; zero if it is open.
     *
     * @param handledPerSecond 0 if nothing is handled
     */
    synchronized Duration waitAt(long backlog, double handledPerSecond) {
        double opensAt = limit * OPENS_AT;
        closed = closed ? backlog > opensAt : backlog >= limit;
        if (!closed) {
            return Duration.ZERO;
        }
        return handledPerSecond > 0
                ? Duration.ofMillis((long) Math.ceil(1000 * Math.max(1, backlog - opensAt) / handledPerSecond))
                : UNKNOWN;
    }
}
