package io.sluice.queue;

import io.smallrye.mutiny.Uni;

/** Who takes deliveries. */
public interface DeliveryListener {

    /**
     * Takes one; the next is delivered when the answer completes, which is how a busy listener slows the queue down.
     */
    Uni<Void> deliver(Delivery delivery);
}
