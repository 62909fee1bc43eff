package io.sluice;

import java.util.Optional;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import sun.misc.Signal;

/** What makes this process stop, and in which order it does. */
final class ProcessEnd {

    /** Set by a build that runs the application as its child: the process id without which it is to stop. */
    private static final String STOP_WITH = "sluice.stop-with";

    /** Done before anything is stopped; nothing, as long as the application is not up. */
    private static volatile Runnable leave = () -> {
    };

    private ProcessEnd() {}

    /**
     * Has the parts stopped after Quarkus, when a signal or the end of the parent process stops this one.
     *
     * @return to be closed when the application ends but the process goes on
     */
    static AutoCloseable arrange(StartedParts parts) {
        Thread hook = new Thread(() -> {
            // Quarkus has a hook of its own; both run at the same time.
            Application quarkus = ApplicationLifecycleManager.getCurrentApplication();
            if (quarkus != null) {
                quarkus.awaitShutdown();
            }
            parts.close();
        }, "stop-parts");
        Runtime.getRuntime().addShutdownHook(hook);
        // To be told to stop is no failure: without this the exit code would be 130 or 143.
        exitNormallyOn("INT");
        exitNormallyOn("TERM");
        Optional.ofNullable(Long.getLong(STOP_WITH)).ifPresent(ProcessEnd::stopWith);
        return () -> forget(hook);
    }

    /** Has this done first when the process is told to stop, while everything still works. */
    static void leaveFirst(Runnable action) {
        // The thread that handles a signal knows nothing of the application's classes.
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        leave = () -> {
            Thread.currentThread().setContextClassLoader(classes);
            action.run();
        };
    }

    /** JVM shutdown hooks run side by side, and that of Quarkus stops it at once: what comes first comes before them. */
    private static void exit() {
        try {
            leave.run();
        } catch (RuntimeException e) {
            System.err.println("Sluice did not leave in good order: " + FailureMessage.of(e));
        } finally {
            System.exit(0);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is what closes the parts.
            return;
        }
    }

    private static void exitNormallyOn(String signal) {
        try {
            Signal.handle(new Signal(signal), received -> exit());
        } catch (IllegalArgumentException e) {
            // The JVM was started with -Xrs: whoever did that wants to deal with signals himself.
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
