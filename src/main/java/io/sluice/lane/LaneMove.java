package io.sluice.lane;

import java.time.Instant;
import java.util.UUID;

import io.sluice.order.CallMode;

/** What the holder of a lane does next. */
public sealed interface LaneMove {

    /** Ask the partner whether it has done the step of this order: an earlier call may have gone out. */
    record Ask(LaneItem item, CallMode mode) implements LaneMove {}

    /** Carry the step of this order out. If it succeeds, the cursor passes all orders of a lower rank. */
    record CarryOut(LaneItem item, CallMode mode) implements LaneMove {}

    /**
     * Do nothing for now.
     *
     * @param orderId the order that is waited for, or null
     * @param until   when to look again at the latest; null if only an event can change anything
     */
    record Wait(UUID orderId, Instant until) implements LaneMove {}

    /** The probe of the partner is over: it is still down. */
    record EndProbe() implements LaneMove {}

    /** A worker was lost while it had an order of the lane: nothing is known of its call. */
    record TakeOver() implements LaneMove {}

    /** Move the cursor behind this rank: none of the orders up to it is waited for. */
    record SkipTo(int rank) implements LaneMove {}

    /** The batch ends here, because this order failed. */
    record Stop(UUID orderId) implements LaneMove {}

    /** Give the lane to the next batch in line. */
    record Leave() implements LaneMove {}
}
