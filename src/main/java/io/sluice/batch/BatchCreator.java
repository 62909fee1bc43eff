package io.sluice.batch;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.github.f4b6a3.uuid.UuidCreator;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.lane.BatchLanes;
import io.sluice.outbox.Relay;
import io.sluice.store.DatabaseFailures;
import io.sluice.tracing.LogFields;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;

/** Hands many orders over at once; their packing slips come out in the sequence given. */
@ApplicationScoped
public class BatchCreator {
    private static final Logger LOG = Logger.getLogger(BatchCreator.class);

    private final Selections selections;
    private final BatchPreparation preparation;
    private final BatchFiller filler;
    private final BatchLanes lanes;
    private final BatchStarter starter;
    private final BatchEnd end;
    private final Batches batches;
    private final AuditLog audit;
    private final Relay relay;
    private final Pool pool;

    BatchCreator(Selections selections, BatchPreparation preparation, BatchFiller filler, BatchLanes lanes,
            BatchStarter starter, BatchEnd end, Batches batches, AuditLog audit, Relay relay, Pool pool) {
        this.selections = selections;
        this.preparation = preparation;
        this.filler = filler;
        this.lanes = lanes;
        this.starter = starter;
        this.end = end;
        this.batches = batches;
        this.audit = audit;
        this.relay = relay;
        this.pool = pool;
    }

    /** What {@link #create} would make of the request now. */
    public Uni<BatchPreview> preview(BatchRequest request) {
        return selections.preview(request);
    }

    /**
     * Makes a batch of the orders that can be handled now, RECEIVED or FAILED ones, and has them handled. The others
     * are rejected by name and spoil nothing. Completes once all of them are taken; until then the batch is not visible
     * and none of them starts. It goes on to its end even if the caller goes away.
     *
     * @param by who asks for it
     * @throws ProblemException 422 if a filter has no match, or more than a batch can take
     */
    public Uni<BatchView> create(BatchRequest request, Requester by) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Uni<BatchView> created = selections.read(request)
                .invoke(BatchCreator::checkMatches)
                .chain(selection -> preparation.begin(id, request, by)
                        .chain(() -> filler.fill(id, request, selection))
                        .chain(() -> start(id, selection, by))
                        .onFailure()
                        .call(failure -> giveUp(id, failure)))
                .chain(() -> batches.find(id));
        return Uni.createFrom().emitter(caller -> created.subscribe().with(caller::complete, caller::fail));
    }

    private static void checkMatches(Selection selection) {
        if (selection.orders().isEmpty() && selection.rejectedTotal() == 0) {
            throw ProblemException.of(ProblemType.INVALID, "There is no batch because no orders match.");
        }
    }

    private Uni<Void> start(UUID id, Selection selection, Requester by) {
        return batches.counts(id)
                .chain(counts -> pool.withTransaction(
                        transaction -> preparation.finish(transaction, id, counts, selection)
                                .chain(() -> audit.record(transaction, by, AuditAction.BATCH_CREATE, id,
                                        Change.to(new JsonObject(counts))))
                                .chain(() -> lanes.enter(transaction, id))
                                .chain(() -> starter.start(transaction, id, true))))
                .invoke(relay::sendSoon)
                .replaceWithVoid();
    }

    /** Never fails: what cannot be sent back now is left to {@link BatchWatch}. */
    private Uni<?> giveUp(UUID id, Throwable because) {
        try (LogFields about = LogFields.batch(id)) {
            LOG.warnf("Batch %s could not be made (%s); its orders return to where they were", id, because);
        }
        return end.giveUp(id)
                .onFailure()
                .invoke(failure -> DatabaseFailures.log(LOG, failure, "Batch %s could not be given up yet (%s)", id,
                        failure))
                .onFailure()
                .recoverWithNull();
    }
}
