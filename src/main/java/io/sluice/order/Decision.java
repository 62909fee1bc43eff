package io.sluice.order;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What follows an attempt: the order's next state, and what the history says of the attempt.
 *
 * @param status   the next status
 * @param step     the next step while HANDLING, the held or failed one while DELAYED or FAILED, null once HANDLED
 * @param attempts attempts spent on {@code step}
 * @param outcome  of the attempt just made
 * @param reason   why it is DELAYED or FAILED, else null
 * @param delay    how long it is DELAYED, else null
 * @param shipment what the carrier gave, else null
 */
public record Decision(OrderStatus status, Step step, int attempts, Outcome outcome, Reason reason, Duration delay,
        Shipment shipment) {

    /** The same, with the reason saying until when the order is held; unchanged if it is not. */
    public Decision heldFrom(Instant now) {
        return delay == null
                ? this
                : new Decision(status, step, attempts, outcome, reason.withMore("The next attempt is due at "
                        + now.plus(delay).truncatedTo(ChronoUnit.SECONDS) + "."), delay, shipment);
    }
}
