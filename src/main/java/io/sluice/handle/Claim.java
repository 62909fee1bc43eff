package io.sluice.handle;

import java.time.Instant;

import io.sluice.lane.Lane;
import io.sluice.order.OrderState;
import io.sluice.order.OrderStatus;
import io.sluice.order.Partner;
import io.sluice.order.Shipment;
import io.sluice.order.Step;
import io.sluice.partner.StepCall;
import io.sluice.store.DatabaseClock;
import io.sluice.tracing.LogFields;
import io.sluice.tracing.StepSpan;

/**
 * An order that this worker has claimed and may work on until its lease runs out.
 *
 * @param lease           the fencing token: a result that is written with an older one is refused
 * @param call            what the partner of the step must be told
 * @param rank            its place in the sequence of its batch, or null
 * @param lane            the lane in which this worker carries the step out; null if it is no lane's step
 * @param cancelRequested whether a person has asked to cancel the order
 * @param trail           what its spans belong to
 * @param clock           the database's time; this process' own clock may be wrong
 */
record Claim(OrderState state, int lease, StepCall call, Integer rank, Lane lane, boolean cancelRequested,
        Trail trail, DatabaseClock clock) {

    Step step() {
        return state.step();
    }

    /** The same claim at the next step. */
    Claim at(Step next, int version, Partner partner, Shipment made, long leaseEnds) {
        return new Claim(new OrderState(state.id(), OrderStatus.HANDLING, next, 0, version, false), lease,
                call.next(next, partner, made == null ? call.shipment() : made, leaseEnds), rank, null, false,
                trail.atNextStep(), clock);
    }

    /** The same claim under another lease: that of its lane. */
    Claim until(long leaseEnds) {
        return new Claim(state, lease, call.until(leaseEnds), rank, lane, cancelRequested, trail, clock);
    }

    /** What is traced of its next attempt. */
    StepSpan span(String worker) {
        return new StepSpan(step().wireName(), state.id(), call.batchId(), call.attempt(), call.partner().name(),
                worker, trail.order(), trail.retryOf(), trail.batch(), trail.again());
    }

    /** Logs a line with the ids of this order. */
    void log(Runnable line) {
        try (LogFields about = LogFields.order(state.id())
                .with("batchId", call.batchId())
                .with("step", step().wireName())
                .with("partner", call.partner().name())
                .with("requestId", trail.requestId())
                .trace(trail.order())) {
            line.run();
        }
    }

    Instant now() {
        return clock.now();
    }
}
