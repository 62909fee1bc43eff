package io.sluice.batch;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.sluice.store.SupervisedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Undoes batches that were left half made, because taking their orders failed or the process that took them died. Their
 * orders return to where they were, and the batch is deleted. Any process does it, whatever its role.
 */
@ApplicationScoped
class AbandonedBatchSweeper {
    private static final Logger LOG = Logger.getLogger(AbandonedBatchSweeper.class);
    /** Between two signs of life lies one short transaction. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final SupervisedTask sweep = new SupervisedTask(LOG, "Batches that were left half made cannot be undone");
    private final AbandonedBatchTable table;
    private final OrderRelease orders;

    AbandonedBatchSweeper(AbandonedBatchTable table, OrderRelease orders) {
        this.table = table;
        this.orders = orders;
    }

    /**
     * Undoes a batch that this process prepared, unless it was finished and only the answer was lost. Never fails: what cannot be
     * undone now is left to the sweep.
     */
    Uni<Void> undo(UUID batch, Throwable because) {
        LOG.warnf("Batch %s could not be made (%s); its orders return to where they were", batch, because);
        return table.giveUp(batch)
                .chain(givenUp -> givenUp ? undo(batch) : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.warnf("Batch %s could not be undone yet (%s)", batch, failure))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return sweep.attempt(table.giveUpSilent(SILENCE).chain(this::undoAll));
    }

    private Uni<Void> undoAll(List<UUID> batches) {
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(batch -> undo(batch)
                        .invoke(() -> LOG.warnf("Batch %s was left half made; its orders are back where they were",
                                batch)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> undo(UUID batch) {
        return orders.sendBack(batch)
                .chain(() -> table.releaseCancelled(batch))
                .chain(() -> table.removeItems(batch))
                .chain(() -> table.remove(batch));
    }
}
