package io.sluice.process;

/**
 * How often a task runs.
 *
 * @param busyMs milliseconds from one run to the next
 * @param idleMs the same while the process is idle; see {@link Activity}
 */
public record Pace(long busyMs, long idleMs) {
    /** For figures that are shown: {@code LastMeasurement} keeps them for longer than the longest pause. */
    public static final Pace MEASURING = new Pace(1000, 8000);

    /** The same whether the process is idle or not: for what others rely on, such as a lease. */
    public static Pace steady(long millis) {
        return new Pace(millis, millis);
    }
}
