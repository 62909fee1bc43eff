package io.sluice.order;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What follows an attempt: the order's next state, and what the history says of the attempt.
 *
 * @param status   the next status
 * @param step     the next step while HANDLING, the held or failed one while DELAYED or FAILED, null once HANDLED;
 *                 while CANCELLED, the step that still has to undo something, or null
 * @param attempts attempts spent on {@code step}
 * @param outcome  of the attempt just made; null if none was
 * @param reason   why it came out that way, or null
 * @param delay    how long it takes until a worker may go on, where the clock decides; else null
 * @param shipment what the carrier gave, else null
 * @param heldBy   the partner that must work again before the order goes on, else null
 * @param outcomeUnknown whether a call of {@code step} may have gone out, and its answer is not known
 */
public record Decision(OrderStatus status, Step step, int attempts, Outcome outcome, Reason reason, Duration delay,
        Shipment shipment, Partner heldBy, boolean outcomeUnknown) {

    /** The same, with the reason saying until when the order is held; unchanged if it is not. */
    public Decision heldFrom(Instant now) {
        return delay == null || reason == null
                ? this
                : new Decision(status, step, attempts, outcome, reason.withMore("The next attempt is due at "
                        + now.plus(delay).truncatedTo(ChronoUnit.SECONDS) + "."), delay, shipment, heldBy,
                        outcomeUnknown);
    }

    Decision as(OrderStatus other) {
        return new Decision(other, step, attempts, outcome, reason, delay, shipment, heldBy, outcomeUnknown);
    }
}
