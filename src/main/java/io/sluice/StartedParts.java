package io.sluice;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * The parts that this process has started besides Quarkus. They are stopped once, in reverse order: when the
 * application ends, when its start fails, or on a signal.
 */
final class StartedParts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean stopping;

    /** Starts a part. A signal waits until the part can be stopped; after it, no part is started. */
    synchronized <T extends AutoCloseable> T start(Supplier<T> starter) {
        if (stopping) {
            awaitExit();
        }
        T part = starter.get();
        parts.push(part);
        return part;
    }

    @Override
    public synchronized void close() {
        stopping = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                Console.complain("Sluice did not stop cleanly: " + FailureMessage.of(e));
            }
        }
    }

    /** For a thread that has nothing to do until the process ends. */
    static void awaitExit() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new StartFailure("interrupted while waiting for the end", e);
        }
    }
}
