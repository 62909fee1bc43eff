package io.sluice.store;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** What was last measured, for gauges: an old figure is none, so that a database out of reach cannot look idle. */
public final class Reading<T> {
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private volatile BatchEntry<T> last;

    public void take(T value) {
        last = new BatchEntry<>(value, System.nanoTime());
    }

    /** A figure of what was measured; NaN if that was more than ten seconds ago. */
    public double get(ToDoubleFunction<T> figure) {
        BatchEntry<T> taken = last;
        return taken == null || System.nanoTime() - taken.at() > FRESH_NANOS
                ? Double.NaN
                : figure.applyAsDouble(taken.value());
    }

    private record BatchEntry<T>(T value, long at) {}
}
