package io.sluice.store;

import java.time.Duration;

/** How long it takes to write the groups that wait, by the time that the last ones took. Times are in nanoseconds. */
final class DrainTime {
    /** Weight of the last group in the average. */
    private static final double SMOOTHING = 0.3;

    private double average;
    private boolean writing;
    private long begun;

    synchronized void begin(long now) {
        writing = true;
        begun = now;
    }

    synchronized void end(long now) {
        writing = false;
        average += SMOOTHING * (now - begun - average);
    }

    /** A group that already takes longer than the average counts instead of it: the next ones may take as long. */
    synchronized Duration of(int groups, long now) {
        double each = writing ? Math.max(average, now - begun) : average;
        return Duration.ofNanos(Math.round(groups * each));
    }
}
