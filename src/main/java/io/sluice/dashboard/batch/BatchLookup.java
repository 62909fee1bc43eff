package io.sluice.dashboard.batch;

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

/** Looks up batches with their progress. */
@ApplicationScoped
public class BatchLookup {
    /** How long a finished batch stays on the table page. */
    private static final Duration SHOWN_AFTER_END = Duration.ofMinutes(1);
    /** The maximum number of batches on the table page; the list shows all. */
    private static final int SHOWN = 3;
    private static final int LOOKED_AT = 100;

    private final Batches batches;
    private final Clock clock;

    BatchLookup(Batches batches, Clock clock) {
        this.batches = batches;
        this.clock = clock;
    }

    /** Batches that run, and those that ended recently. */
    public Uni<CurrentBatches> now() {
        return batches.current(SHOWN_AFTER_END, LOOKED_AT).map(found -> {
            Map<UUID, BatchView> known = found.stream().collect(Collectors.toMap(BatchView::id, Function.identity()));
            List<BatchProgress> shown = found.stream()
                    .limit(SHOWN)
                    .map(batch -> progress(batch, known.get(ahead(batch))))
                    .toList();
            return new CurrentBatches(shown, found.size() - shown.size());
        });
    }

    /** The batch with this id, or null. */
    Uni<BatchProgress> find(UUID id) {
        return batches.find(id)
                .chain(batch -> batch == null || ahead(batch) == null
                        ? Uni.createFrom().item(batch == null ? null : progress(batch, null))
                        : batches.find(ahead(batch)).map(first -> progress(batch, first)));
    }

    /** The batch that uses the printer first, or null. */
    private static UUID ahead(BatchView batch) {
        return batch.waitsFor() == null ? null : batch.waitsFor().batchId();
    }

    BatchProgress progress(BatchView batch, BatchView ahead) {
        return new BatchProgress(batch, ahead, clock.instant());
    }
}
