package io.sluice.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** When a message that could not be delivered is sent again. */
record RetrySchedule(List<Duration> delays) {
    private static final double JITTER = 0.2;

    /**
     * The wait after a failed try, up to a fifth longer than configured, so that the messages of an outage do not all
     * come back at once.
     *
     * @param tries how many there have been, with this one
     * @param asked what the endpoint wants ({@code Retry-After}), or null; it can only make the wait longer
     * @return empty if it was the last try
     */
    Optional<Duration> after(int tries, Duration asked) {
        if (tries > delays.size()) {
            return Optional.empty();
        }
        long millis = delays.get(tries - 1).toMillis();
        Duration wait = Duration.ofMillis(
                millis + Math.round(millis * JITTER * ThreadLocalRandom.current().nextDouble()));
        return Optional.of(asked != null && asked.compareTo(wait) > 0 ? asked : wait);
    }
}
