package io.sluice.accept;

import io.sluice.store.OrderView;

/** A stored order. For a replay, {@code order} is the first answer. */
public record Accepted(OrderView order, How how) {

    /** Which request stored the order. */
    public enum How {
        /** This one. */
        CREATED,
        /** An earlier one with the same channel, external id and content. */
        KNOWN,
        /** An earlier one with the same Idempotency-Key and body. */
        REPLAYED
    }
}
