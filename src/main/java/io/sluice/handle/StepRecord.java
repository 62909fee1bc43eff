package io.sluice.handle;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.sluice.order.Decision;
import io.sluice.order.FailurePolicy;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.order.Step;

/**
 * An attempt that has ended, to be written with what follows.
 *
 * @param takeNext whether this worker has a slot for the order that may pass the gate next
 * @param cancel   whether this cancels the order, as a person has asked
 */
record StepRecord(Claim claim, Decision decision, Instant startedAt, Instant finishedAt, boolean takeNext,
        boolean cancel) {

    UUID orderId() {
        return claim.state().id();
    }

    /** The step attempted. */
    Step step() {
        return claim.state().step();
    }

    /** The batch of the order, or null. */
    UUID batch() {
        return claim.place() == null ? null : claim.place().batch();
    }

    /** Whether the order shows why it does not go on. */
    boolean stuck() {
        return !done() && !cancel;
    }

    boolean done() {
        return decision.outcome() == Outcome.SUCCEEDED;
    }

    /** Whether the step may have been carried out without anybody's knowing. */
    boolean unknown() {
        return decision.outcome() == Outcome.UNKNOWN || claim.state().unknown() && !done();
    }

    /** Whether the order, wherever it stands in its batch, holds nobody up any more. */
    boolean givesWay() {
        return cancel || decision.status() == OrderStatus.FAILED && claim.place() != null
                && (claim.place().onFailure() == FailurePolicy.SKIP
                        || claim.place().onFailure() == FailurePolicy.WAIT && claim.call().outOfSequence());
    }

    /** The step that follows, if the attempt succeeded and it was not the last one. */
    Optional<Step> next() {
        return decision.status() == OrderStatus.HANDLING ? Optional.of(decision.step()) : Optional.empty();
    }
}
