package io.sluice.webhook;

import java.util.List;
import java.util.Optional;

/** One page of the delivery log, newest first; {@code nextCursor} is null on the last one. */
public record DeliveryPage(List<DeliveryView> items, String nextCursor) {

    /** The last delivery of the page with this {@code nextCursor}; empty if it is not a cursor. */
    static Optional<Long> last(String cursor) {
        try {
            return Optional.of(Long.parseUnsignedLong(cursor));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }
}
