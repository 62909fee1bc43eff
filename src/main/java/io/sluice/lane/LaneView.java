package io.sluice.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.sluice.order.CallMode;
import io.sluice.order.FailurePolicy;

/**
 * What the holder of a lane sees of the batch that has the lane.
 *
 * @param running  whether the batch is neither stopped nor aborted
 * @param probe    how the partner is to be probed with an order of this lane; null if it is not
 * @param thorough whether the probe goes on after a call that got no answer
 * @param now      the database's time
 * @param patience how long the lane waits for an order that is delayed
 * @param late     orders that the cursor has passed and that were not carried out; those that matter now, by rank
 * @param ahead    the orders from the cursor on, by rank, as far as the window goes
 * @param more     whether there are orders beyond the window
 */
public record LaneView(boolean running, FailurePolicy onFailure, CallMode probe, boolean thorough, Instant now,
        Duration patience,
        List<LaneItem> late, List<LaneItem> ahead, boolean more) {

    Optional<LaneItem> first(Predicate<LaneItem> wanted) {
        return Stream.concat(late.stream(), ahead.stream()).filter(wanted).findFirst();
    }

    boolean stillPatientWith(LaneItem item) {
        return item.since() != null && item.since().plus(patience).isAfter(now);
    }
}
