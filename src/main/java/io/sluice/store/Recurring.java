package io.sluice.store;

import java.time.Duration;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Work that is done again and again. It may fail, and is given up after half a minute; one line tells of an outage. */
public final class Recurring {
    /** A database that has gone without a word must not end the work for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Logger log;
    private final String complaint;
    private volatile boolean failing;

    /** @param complaint what cannot be done when it fails, as a sentence without its full stop */
    public Recurring(Logger log, String complaint) {
        this.log = log;
        this.complaint = complaint;
    }

    /** Does it once more. Never fails. */
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
            log.warnf("%s (%s); trying again until it can", complaint, failure);
        }
    }
}
