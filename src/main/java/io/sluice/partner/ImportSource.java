package io.sluice.partner;

import java.util.List;

import io.sluice.order.Handling;
import io.sluice.order.Partner;

/**
 * A marketplace whose pending orders are fetched.
 *
 * @param channels the channels that its orders may have; at least one
 * @param handling what starts the handling of its orders
 */
public record ImportSource(Partner marketplace, List<String> channels, Handling handling) {

    public String name() {
        return marketplace.name();
    }
}
