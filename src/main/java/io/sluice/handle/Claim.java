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

/**
 * An order that this worker has claimed and may work on until its lease runs out.
 *
 * @param lease           the fencing token: a result that is written with an older one is refused
 * @param call            what the partner of the step must be told
 * @param rank            its place in the sequence of its batch, or null
 * @param lane            the lane in which this worker carries the step out; null if it is no lane's step
 * @param cancelRequested whether a person has asked to cancel the order
 * @param clock           the database's time; this process' own clock may be wrong
 */
record Claim(OrderState state, int lease, StepCall call, Integer rank, Lane lane, boolean cancelRequested,
        DatabaseClock clock) {

    Step step() {
        return state.step();
    }

    /** The same claim at the next step. */
    Claim at(Step next, int version, Partner partner, Shipment made, long leaseEnds) {
        return new Claim(new OrderState(state.id(), OrderStatus.HANDLING, next, 0, version, false), lease,
                call.next(next, partner, made == null ? call.shipment() : made, leaseEnds), rank, null, false, clock);
    }

    /** The same claim under another lease: that of its lane. */
    Claim until(long leaseEnds) {
        return new Claim(state, lease, call.until(leaseEnds), rank, lane, cancelRequested, clock);
    }

    Instant now() {
        return clock.now();
    }
}
