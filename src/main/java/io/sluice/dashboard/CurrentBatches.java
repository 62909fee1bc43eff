package io.sluice.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.batch.BatchView;
import io.sluice.batch.Batches;
import io.smallrye.mutiny.Uni;

/** Looks up how batches are doing: those that an operator has in mind now, or a certain one. */
@ApplicationScoped
class CurrentBatches {
    /** So long after its end people still want to see how a batch did. */
    private static final Duration SHOWN_AFTER_END = Duration.ofMinutes(1);
    /** What can be taken in at a glance; the list has the others. */
    private static final int SHOWN = 3;
    private static final int LOOKED_AT = 100;

    private final Batches batches;
    private final Clock clock;

    CurrentBatches(Batches batches, Clock clock) {
        this.batches = batches;
        this.clock = clock;
    }

    /** Those that are not finished, and those that have just ended. */
    Uni<BatchStrip> now() {
        return batches.current(SHOWN_AFTER_END, LOOKED_AT).map(found -> {
            Map<UUID, BatchView> known = found.stream().collect(Collectors.toMap(BatchView::id, Function.identity()));
            List<BatchProgress> shown = found.stream()
                    .limit(SHOWN)
                    .map(batch -> progress(batch, known.get(ahead(batch))))
                    .toList();
            return new BatchStrip(shown, found.size() - shown.size());
        });
    }

    /** The batch of that id, or null. */
    Uni<BatchProgress> find(UUID id) {
        return batches.find(id)
                .chain(batch -> batch == null || ahead(batch) == null
                        ? Uni.createFrom().item(batch == null ? null : progress(batch, null))
                        : batches.find(ahead(batch)).map(first -> progress(batch, first)));
    }

    /** The batch that goes first at the printer, or null. */
    private static UUID ahead(BatchView batch) {
        return batch.waitsFor() == null ? null : batch.waitsFor().batchId();
    }

    BatchProgress progress(BatchView batch, BatchView ahead) {
        return new BatchProgress(batch, ahead, clock.instant());
    }
}
