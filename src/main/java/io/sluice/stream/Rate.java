package io.sluice.stream;

import java.time.Instant;

/** Counts occurrences, and their average per second over the last ten whole seconds. */
final class Rate {
    private static final int SECONDS = 10;

    private final long[] counts = new long[SECONDS + 1];
    private final long[] seconds = new long[SECONDS + 1];
    private long total;

    synchronized void add(Instant now) {
        int slot = slot(now.getEpochSecond());
        if (seconds[slot] != now.getEpochSecond()) {
            seconds[slot] = now.getEpochSecond();
            counts[slot] = 0;
        }
        counts[slot]++;
        total++;
    }

    synchronized long total() {
        return total;
    }

    synchronized double perSecond(Instant now) {
        long sum = 0;
        for (int ago = 1; ago <= SECONDS; ago++) {
            long second = now.getEpochSecond() - ago;
            if (seconds[slot(second)] == second) {
                sum += counts[slot(second)];
            }
        }
        return (double) sum / SECONDS;
    }

    private int slot(long second) {
        return (int) (second % counts.length);
    }
}
