package io.sluice.store;

import java.time.Duration;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** A repeated task that may fail. A run is cancelled after half a minute; a trouble is logged once. */
public final class SupervisedTask {
    /** A database that stops answering must not stop the task for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Logger log;
    private final String complaint;
    private volatile boolean failing;

    /** @param complaint what a failure means, as a sentence without its full stop */
    public SupervisedTask(Logger log, String complaint) {
        this.log = log;
        this.complaint = complaint;
    }

    /** Runs the task once. Never fails. */
    public Uni<Void> attempt(Uni<?> work) {
        return work.ifNoItem()
                .after(PATIENCE)
                .fail()
                .replaceWithVoid()
                .invoke(() -> failing = false)
                .onFailure()
                .invoke(this::complain)
                .onFailure()
                .recoverWithNull();
    }

    private void complain(Throwable failure) {
        if (!failing) {
            failing = true;
            DatabaseFailures.log(log, failure, "%s (%s). Trying again.", complaint, failure);
        }
    }
}
