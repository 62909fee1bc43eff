package io.sluice.crash;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that can be found out about an order that was accepted.
 *
 * @param status         as the API tells it; null if the API does not know the order
 * @param trackingNumber as the API tells it, or null
 * @param attempts       oldest first
 * @param shipments      every one the carrier ever made
 * @param sheets         when the printer printed it
 * @param marketplace    what the marketplace was told
 */
record OrderStory(String id, String status, String trackingNumber, List<Attempt> attempts,
        List<Parcel> shipments, List<Instant> sheets, MarketplaceNews marketplace) {

    /** A shipment at the carrier. */
    record Parcel(String trackingNumber, boolean voided, Instant at) {}

    /** What the marketplace was told; null for what it was not. */
    record MarketplaceNews(String trackingNumber, Instant trackingAt, Instant shippedAt) {
        static final MarketplaceNews NONE = new MarketplaceNews(null, null, null);
    }

    boolean is(String wanted) {
        return wanted.equals(status);
    }

    List<String> succeededSteps() {
        return attempts.stream().filter(Attempt::succeeded).map(Attempt::step).toList();
    }

    /** For a person who has to find out what happened. */
    String told() {
        return "%s %s %s%n%s%n  carrier: %s%n  printer: %s%n  marketplace: %s".formatted(id, status,
                trackingNumber, attempts.isEmpty()
                        ? "  no attempts"
                        : attempts.stream().map(attempt -> "  " + attempt).collect(Collectors.joining("\n")),
                shipments, sheets, marketplace);
    }
}
