package io.sluice.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.f4b6a3.uuid.UuidCreator;

import io.sluice.http.ProblemException;
import io.sluice.lane.BatchLanes;
import io.sluice.order.OrderStatus;
import io.sluice.store.PageCursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** Hands many orders over at once; their packing slips come out in the sequence given. */
@ApplicationScoped
public class Batches {
    private final Selections selections;
    private final PreparationTable preparations;
    private final BatchFiller filler;
    private final AbandonedBatchSweeper abandoned;
    private final BatchCountTable counts;
    private final BatchLanes lanes;
    private final BatchStarter starter;
    private final BatchTable table;
    private final BatchItemTable items;
    private final Pool pool;
    private final Clock clock;

    Batches(Selections selections, PreparationTable preparations, BatchFiller filler, AbandonedBatchSweeper abandoned,
            BatchCountTable counts, BatchLanes lanes, BatchStarter starter, BatchTable table, BatchItemTable items,
            Pool pool, Clock clock) {
        this.selections = selections;
        this.preparations = preparations;
        this.filler = filler;
        this.abandoned = abandoned;
        this.counts = counts;
        this.lanes = lanes;
        this.starter = starter;
        this.table = table;
        this.items = items;
        this.pool = pool;
        this.clock = clock;
    }

    /** What {@link #create} would make of the request now. */
    public Uni<BatchPreview> preview(BatchRequest request) {
        return selections.preview(request);
    }

    /**
     * Makes a batch of the orders that can be handled now, RECEIVED or FAILED ones, and has them handled. The others are
     * rejected by name and spoil nothing. Completes once all of them are taken; until then nobody sees the batch and none
     * of them starts. It goes on to its end even if the caller goes away.
     *
     * @param startedBy who asks for it
     * @throws ProblemException 422 if a filter has more matches than a batch can take
     */
    public Uni<BatchView> create(BatchRequest request, String startedBy) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Uni<BatchView> created = selections.read(request)
                .chain(selection -> preparations
                        .insert(id, request, startedBy, clock.instant().truncatedTo(ChronoUnit.MICROS))
                        .chain(() -> filler.fill(id, request, selection))
                        .chain(() -> start(id, selection))
                        .onFailure()
                        .call(failure -> abandoned.undo(id, failure)))
                .chain(() -> find(id));
        return Uni.createFrom().emitter(caller -> created.subscribe().with(caller::complete, caller::fail));
    }

    private Uni<Void> start(UUID id, Selection selection) {
        return counts.count(pool, id)
                .chain(taken -> pool.withTransaction(
                        transaction -> preparations.finish(transaction, id, taken, selection.rejections())
                                .chain(() -> lanes.enter(transaction, id))
                                .chain(() -> starter.startWithLanes(transaction, id))))
                .invoke(starter::send)
                .replaceWithVoid();
    }

    /** The batch of that id, or null. */
    public Uni<BatchView> find(UUID id) {
        return table.find(id);
    }

    /**
     * One page of the list of batches, newest first, without the orders that were rejected.
     *
     * @param statuses empty for all
     * @param after    where the page before ended, or null for the first
     */
    public Uni<BatchPage> page(Collection<BatchStatus> statuses, PageCursor after, int limit) {
        return table.page(statuses, after, limit);
    }

    /**
     * The batches that are not finished, and those that ended a short while ago, newest first, without the orders that were
     * rejected. Counts are at most a second or so old.
     *
     * @param endedWithin how long ago
     */
    public Uni<List<BatchView>> current(Duration endedWithin, int limit) {
        return table.current(endedWithin, limit);
    }

    /**
     * One page of the orders of a batch, by position; null if there is no such batch.
     *
     * @param statuses empty for all
     * @param after    the last position of the page before, or 0
     */
    public Uni<BatchItemPage> items(UUID id, Collection<OrderStatus> statuses, int after, int limit) {
        return items.page(id, statuses, after, limit);
    }
}
