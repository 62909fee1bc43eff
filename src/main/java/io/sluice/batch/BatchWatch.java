package io.sluice.batch;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.shutdown.ShutdownStarted;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Follows the batches that are not finished: counts how their orders stand, tells everybody who follows the events, and sees
 * when one is done or has to stop. Any process may; a batch is counted by one at a time.
 */
@ApplicationScoped
class BatchWatch {
    private static final Logger LOG = Logger.getLogger(BatchWatch.class);
    private static final long LOOK_MS = 250;

    private final BatchWatchTable table;
    private final BatchEnd end;
    private final Vertx vertx;
    private final SupervisedTask watch = new SupervisedTask(LOG, "The batches cannot be followed");
    private boolean looking;
    private volatile boolean stopped;

    BatchWatch(BatchWatchTable table, BatchEnd end, Vertx vertx) {
        this.table = table;
        this.end = end;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        Context context = vertx.getOrCreateContext();
        vertx.setPeriodic(LOOK_MS, ignored -> context.runOnContext(now -> look()));
    }

    void leave(@Observes ShutdownStarted event) {
        stopped = true;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void look() {
        if (looking || stopped) {
            return;
        }
        looking = true;
        watch.attempt(table.toBeCounted()
                .chain(batches -> Multi.createFrom()
                        .iterable(batches)
                        .onItem()
                        .transformToUniAndConcatenate(this::follow)
                        .collect()
                        .last()))
                .subscribe()
                .with(done -> looking = false);
    }

    /** Counts one batch, and does what follows from it. */
    private Uni<Void> follow(UUID batch) {
        return table.count(batch).chain(found -> switch (found) {
            case NOTHING -> Uni.createFrom().voidItem();
            // Orders whose step had to end first.
            case ENDING -> end.goOn(batch);
            case TO_BE_STOPPED -> end.stop(batch).replaceWithVoid();
        });
    }
}
