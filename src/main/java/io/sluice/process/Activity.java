package io.sluice.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Whether this process has had something to do lately. While it has not, whatever looks for work in the database looks
 * less often.
 */
@ApplicationScoped
public class Activity {
    /** So long after the last sign of work, a process is idle. */
    private static final Duration BUSY = Duration.ofSeconds(10);

    private final long busyNanos;
    private final List<Runnable> onWake = new CopyOnWriteArrayList<>();
    private volatile long last = System.nanoTime();

    Activity() {
        this(BUSY);
    }

    /** For tests: with another time. */
    Activity(Duration busy) {
        this.busyNanos = busy.toNanos();
    }

    /** There is work: a request that changes something, a message, an attempt, an event. Cheap. */
    public void seen() {
        boolean wakes = idle();
        last = System.nanoTime();
        if (wakes) {
            onWake.forEach(Runnable::run);
        }
    }

    public boolean idle() {
        return System.nanoTime() - last > busyNanos;
    }

    /** @param action called when there is work again; must not block */
    public void onWake(Runnable action) {
        onWake.add(action);
    }
}
