package io.sluice;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import sun.misc.Signal;

/** Ends this process in order when it gets a signal or its parent process ends. */
final class ProcessEnd {

    /** System property: id of a process at whose end this one ends too. Set by builds that run the application. */
    private static final String STOP_WITH = "sluice.stop-with";

    /** Runs before anything is stopped; nothing until the application is up. */
    private static volatile Runnable first = () -> {
    };

    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final AtomicBoolean SIGNALLED = new AtomicBoolean();

    private ProcessEnd() {}

    /**
     * Stops the parts after Quarkus when a signal or the end of the parent process stops this one.
     *
     * @return to be closed when the application ends and the process continues
     */
    static AutoCloseable arrange(StartedParts parts) {
        Thread hook = new Thread(() -> {
            // Quarkus has a hook of its own. Both run at the same time.
            Application quarkus = ApplicationLifecycleManager.getCurrentApplication();
            if (quarkus != null) {
                quarkus.awaitShutdown();
            }
            parts.close();
        }, "stop-parts");
        Runtime.getRuntime().addShutdownHook(hook);
        // Stopping on a signal is not a failure. Without this, the exit code would be 130 or 143.
        exitNormallyOn("INT");
        exitNormallyOn("TERM");
        Optional.ofNullable(Long.getLong(STOP_WITH)).ifPresent(ProcessEnd::stopWith);
        return () -> forget(hook);
    }

    /** Sets what runs first when the process is told to stop, while everything still works. */
    static void runFirst(Runnable action) {
        // The thread that handles a signal does not have the application's class loader.
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        first = () -> {
            Thread.currentThread().setContextClassLoader(classes);
            action.run();
        };
    }

    /**
     * JVM shutdown hooks run in parallel, and the hook of Quarkus stops it at once. So the first action runs before
     * them. Ctrl-C in a terminal tells this process twice: by a signal, and by the end of the build that started it.
     */
    private static void exit() {
        if (!BEGUN.compareAndSet(false, true)) {
            return;
        }
        try {
            first.run();
        } catch (RuntimeException e) {
            Console.complain("Sluice did not shut down cleanly: " + FailureMessage.of(e));
        } finally {
            System.exit(0);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook closes the parts.
            return;
        }
    }

    private static void exitNormallyOn(String signal) {
        try {
            Signal.handle(new Signal(signal), received -> {
                if (SIGNALLED.compareAndSet(false, true)) {
                    exit();
                } else {
                    // Whoever tells it a second time does not want to wait.
                    first.run();
                }
            });
        } catch (IllegalArgumentException e) {
            // The JVM was started with -Xrs, which leaves signals to the user.
            return;
        }
    }

    private static void stopWith(long pid) {
        ProcessHandle.of(pid)
                .ifPresentOrElse(
                        parent -> parent.onExit().thenRun(ProcessEnd::exit),
                        ProcessEnd::exit);
    }
}
