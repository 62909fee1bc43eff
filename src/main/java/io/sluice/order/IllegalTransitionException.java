package io.sluice.order;

import java.util.UUID;

/** An order was asked to go where its state does not lead. */
public class IllegalTransitionException extends RuntimeException {

    public IllegalTransitionException(UUID orderId, OrderStatus from, OrderStatus to) {
        super("Order " + orderId + " is " + from + " and cannot become " + to + ".");
    }
}
