package io.sluice.crash;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything known about an accepted order.
 *
 * @param status         in the API; null if the API does not know the order
 * @param trackingNumber in the API, or null
 * @param attempts       oldest first
 * @param shipments      all shipments ever created
 * @param sheets         when the printer printed it
 * @param marketplace    what the marketplace has recorded
 */
record OrderStory(String id, String status, String trackingNumber, List<Attempt> attempts,
        List<Parcel> shipments, List<Instant> sheets, MarketplaceNews marketplace) {

    /** A shipment at the carrier. */
    record Parcel(String trackingNumber, boolean voided, Instant at) {}

    /** What the marketplace has recorded; absent values are null. */
    record MarketplaceNews(String trackingNumber, Instant trackingAt, Instant shippedAt) {
        static final MarketplaceNews NONE = new MarketplaceNews(null, null, null);
    }

    boolean is(String wanted) {
        return wanted.equals(status);
    }

    List<String> succeededSteps() {
        return attempts.stream().filter(Attempt::succeeded).map(Attempt::step).toList();
    }

    /** A description for failure messages. */
    String told() {
        return "%s %s %s%n%s%n  carrier: %s%n  printer: %s%n  marketplace: %s".formatted(id, status,
                trackingNumber, attempts.isEmpty()
                        ? "  no attempts"
                        : attempts.stream().map(attempt -> "  " + attempt).collect(Collectors.joining("\n")),
                shipments, sheets, marketplace);
    }
}
