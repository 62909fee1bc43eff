package io.sluice.order;

import java.util.UUID;

/**
 * The part of an order that changes.
 *
 * @param step     the current, held or failed step, or null
 * @param attempts attempts spent on {@code step}
 * @param version  grows with every change
 * @param outcomeUnknown whether a call of {@code step} may have gone out, and its answer is not known
 */
public record OrderState(UUID id, OrderStatus status, Step step, int attempts, int version, boolean outcomeUnknown) {

    /** @throws IllegalTransitionException if this order may not go on to {@code to} */
    public void checkMayBecome(OrderStatus to) {
        if (!status.mayBecome(to)) {
            throw new IllegalTransitionException(id, status, to);
        }
    }
}
