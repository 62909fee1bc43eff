package io.sluice;

import java.util.Optional;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import sun.misc.Signal;

/** What makes this process stop, and in which order it does. */
final class ProcessEnd {

    /** Set by a build that runs the application as its child: the process id without which it is to stop. */
    private static final String STOP_WITH = "sluice.stop-with";

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
            Signal.handle(new Signal(signal), received -> System.exit(0));
        } catch (IllegalArgumentException e) {
            // The JVM was started with -Xrs: whoever did that wants to deal with signals himself.
            return;
        }
    }

    private static void stopWith(long pid) {
        ProcessHandle.of(pid)
                .ifPresentOrElse(
                        parent -> parent.onExit().thenRun(() -> System.exit(0)),
                        () -> System.exit(0));
    }
}
