package io.sluice.packingslip;

import java.util.UUID;

/** The content drawn for one order. It starts on a new page. */
public sealed interface Sheet permits Slip, MarkerSheet {

    UUID orderId();

    String channel();

    /** The order number of the channel, or null. */
    String externalId();

    /** The position in the batch, or null. */
    Place place();

    /** The order number: the external id, or the id if there is none. */
    default String orderNumber() {
        return externalId() == null ? orderId().toString() : channel() + " " + externalId();
    }
}
