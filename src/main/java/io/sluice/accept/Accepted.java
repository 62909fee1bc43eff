package io.sluice.accept;

import io.sluice.store.OrderView;

/** The answer to an order that is stored. For a replay, {@code order} is what was answered the first time. */
public record Accepted(OrderView order, How how) {

    /** How the order came to be stored. */
    public enum How {
        /** By this very request. */
        CREATED,
        /** Before: same channel, same external id, same content. */
        KNOWN,
        /** Before, by a request with the same Idempotency-Key and the same body. */
        REPLAYED
    }
}
