package io.sluice.shutdown;

import java.util.ArrayList;
import java.util.List;

import io.smallrye.mutiny.Uni;

/**
 * Fired once, when the process has been told to stop and while all of it still works: an observer takes no new work from
 * here on, and says what has to end before the process may.
 */
public final class ShutdownStarted {
    private final Uni<Void> graceOver;
    private final List<Uni<Void>> first = new ArrayList<>();
    private final List<Uni<Void>> last = new ArrayList<>();

    ShutdownStarted(Uni<Void> graceOver) {
        this.graceOver = graceOver;
    }

    /** Completes when the time to end work in good order is over; a few moments remain for giving it back. */
    public Uni<Void> graceOver() {
        return graceOver;
    }

    /** Has the process wait until this completes. */
    public void awaits(Uni<Void> work) {
        first.add(work);
    }

    /** Has this begun once all work has ended, and the process wait until it completes: clients watch to the end. */
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
