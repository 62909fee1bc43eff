package io.sluice.packingslip;

import java.util.UUID;

/** What is drawn for one order; starts on a page of its own. */
public sealed interface Sheet permits Slip, Marker {

    UUID orderId();

    String channel();

    /** The channel's own number, or null. */
    String externalId();

    /** In its batch, or null. */
    Place place();

    /** The number by which people know the order: the channel's own, or else our id. */
    default String orderNumber() {
        return externalId() == null ? orderId().toString() : channel() + " " + externalId();
    }
}
