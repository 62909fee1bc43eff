package io.sluice.store;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The last measurement, for gauges. It expires, so that a database that cannot be reached does not look idle. */
public final class LastMeasurement<T> {
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private volatile Measured<T> last;

    public void take(T value) {
        last = new Measured<>(value, System.nanoTime());
    }

    /** A figure of the measurement; NaN if it is more than ten seconds old. */
    public double get(ToDoubleFunction<T> figure) {
        Measured<T> taken = last;
        return taken == null || System.nanoTime() - taken.at() > FRESH_NANOS
                ? Double.NaN
                : figure.applyAsDouble(taken.value());
    }

    private record Measured<T>(T value, long at) {}
}
