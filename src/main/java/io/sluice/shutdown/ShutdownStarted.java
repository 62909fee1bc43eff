package io.sluice.shutdown;

import java.util.ArrayList;
import java.util.List;

import io.smallrye.mutiny.Uni;

/**
 * Fired once when the shutdown begins. All services still work at that moment. Observers stop taking new work and
 * register what the process must wait for.
 */
public final class ShutdownStarted {
    private final Uni<Void> graceOver;
    private final List<Uni<Void>> first = new ArrayList<>();
    private final List<Uni<Void>> last = new ArrayList<>();

    ShutdownStarted(Uni<Void> graceOver) {
        this.graceOver = graceOver;
    }

    /** Completes at the end of the grace period. Unfinished work must then be released at once. */
    public Uni<Void> graceOver() {
        return graceOver;
    }

    /** Delays the exit until {@code work} completes. */
    public void awaits(Uni<Void> work) {
        first.add(work);
    }

    /**
     * Runs {@code goodbye} after all work has ended and delays the exit until it completes. Event streams end here, so
     * that clients see every last event.
     */
    public void endsWith(Uni<Void> goodbye) {
        last.add(goodbye);
    }

    List<Uni<Void>> first() {
        return first;
    }

    List<Uni<Void>> last() {
        return last;
    }
}
