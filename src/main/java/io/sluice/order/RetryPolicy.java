package io.sluice.order;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When a step is tried again.
 *
 * @param maxAttempts attempts a step has in all, at least 1
 * @param firstDelay  before the second attempt; doubles with every further one
 * @param maxDelay    no wait is longer, unless the partner asks for it
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {

    /** @throws IllegalArgumentException if there is no attempt, or a delay is not positive */
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("at least one attempt is needed, not " + maxAttempts);
        }
        if (firstDelay.isNegative() || firstDelay.isZero() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "the first delay must be positive and not above the maximum: " + firstDelay + ", " + maxDelay);
        }
    }

    /** Whether another attempt is due after {@code spent} of them. */
    public boolean allowsAfter(int spent) {
        return spent < maxAttempts;
    }

    /**
     * The wait after {@code spent} attempts: doubling, capped, and shortened at random by up to a half so that orders
     * that failed together do not come back together.
     *
     * @param random 0 (inclusive) to 1 (exclusive)
     */
    public Duration delayAfter(int spent, DoubleSupplier random) {
        double doubled = firstDelay.toMillis() * Math.pow(2, Math.max(0, spent - 1));
        double capped = Math.min(doubled, maxDelay.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(capped * (1 - random.getAsDouble() / 2))));
    }
}
