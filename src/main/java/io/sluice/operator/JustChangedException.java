package io.sluice.operator;

import java.time.Duration;
import java.util.function.Supplier;

import io.sluice.http.ProblemException;
import io.smallrye.mutiny.Uni;

/**
 * Another transaction changes the order. If it has just ended, it may have a younger transaction id, and its event must
 * not come after this one's.
 */
final class JustChangedException extends RuntimeException {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final int TIMES = 20;

    JustChangedException() {
        super("the order has just changed", null, false, false);
    }

    /** Tries a change again until the other one has ended; fails with 409 if that takes too long. */
    static <T> Uni<T> retry(Supplier<Uni<T>> change) {
        return Uni.createFrom()
                .deferred(change::get)
                .onFailure(JustChangedException.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(TIMES)
                .onFailure(JustChangedException.class)
                .transform(exhausted -> ProblemException
                        .conflict("The order is being changed at this moment. Try again.")
                        .retryAfter(1));
    }
}
