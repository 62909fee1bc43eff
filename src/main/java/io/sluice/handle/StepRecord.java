package io.sluice.handle;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.sluice.order.Decision;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.order.Step;

/**
 * An attempt that has ended, to be written with what follows.
 *
 * @param takeNext whether this worker has a slot for the order that may pass the gate next
 */
record StepRecord(Claim claim, Decision decision, Instant startedAt, Instant finishedAt, boolean takeNext) {

    UUID orderId() {
        return claim.state().id();
    }

    /** The step attempted. */
    Step step() {
        return claim.state().step();
    }

    /** The batch of the order, or null. */
    UUID batch() {
        return claim.call().batchId();
    }

    boolean done() {
        return decision.outcome() == Outcome.SUCCEEDED;
    }

    boolean failed() {
        return decision.status() == OrderStatus.FAILED;
    }

    /** The step that follows, if the attempt succeeded and it was not the last one. */
    Optional<Step> next() {
        return done() ? Optional.ofNullable(decision.step()) : Optional.empty();
    }
}
