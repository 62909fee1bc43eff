package io.sluice;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * What this process has started beside Quarkus, stopped once, the last first, whoever asks: the end of the application, a
 * failed start, or a signal in the middle of it.
 */
final class StartedParts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean stopping;

    /** Starts a part. A signal that arrives meanwhile waits until the part can be stopped; after it nothing is started. */
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
                System.err.println("Sluice did not stop in good order: " + FailureMessage.of(e));
            }
        }
    }

    /** The process is on its way out; this thread has nothing left to do. */
    private static void awaitExit() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new StartFailure("interrupted while stopping", e);
        }
    }
}
