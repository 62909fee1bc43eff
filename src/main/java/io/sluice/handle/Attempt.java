package io.sluice.handle;

import java.time.Instant;
import java.util.UUID;

import io.sluice.handle.StepExecution.Called;
import io.sluice.order.Decision;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;

/**
 * An attempt that has ended, and what follows.
 *
 * @param cancel whether this cancels the order, because a person has asked for it
 * @param keep   whether this worker goes on with the order; else any worker may
 */
record Attempt(Called called, Decision decision, Instant finishedAt, boolean cancel, boolean keep) {

    Claim claim() {
        return called.claim();
    }

    UUID orderId() {
        return claim().state().id();
    }

    /** Whether the order goes on with its next step. */
    boolean goesOn() {
        return decision.status() == OrderStatus.HANDLING;
    }

    /** The span that the next attempt at the step links to; null if that is the first. */
    String retryOf() {
        return decision.outcome() == Outcome.SUCCEEDED ? null : called.traceparent();
    }

    /** Whether a cancelled order's step may have been done. */
    boolean uncertain() {
        return cancel && (decision.outcome() == Outcome.UNKNOWN
                || claim().state().outcomeUnknown() && decision.outcome() != Outcome.SUCCEEDED);
    }
}
