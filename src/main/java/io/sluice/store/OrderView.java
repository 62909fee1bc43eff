package io.sluice.store;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

import io.sluice.access.Maskable;
import io.sluice.order.Address;
import io.sluice.order.Customer;
import io.sluice.order.OrderStatus;

/** An order as JSON and the dashboard show it: its content and its state at one moment. */
public record OrderView(UUID id, String channel, String externalId, OrderStatus status, String step, ReasonView reason,
        String handling, Instant placedAt, Instant receivedAt, Instant updatedAt, Customer customer, Address shipTo,
        String currency, List<LineView> lines, List<AdjustmentView> adjustments, String total, Instant shipBy,
        String note, SortedMap<String, String> metadata, String trackingNumber, String carrier, UUID batchId,
        Integer position, Long queuePosition, Instant expectedBy, int version) implements Maskable<OrderView> {
    private static final String MASK = "•••";

    /** One line; {@code unitPrice} is a decimal number at the currency's scale. */
    public record LineView(String sku, String title, int quantity, String unitPrice) {}

    /** A part of the total that is no line; {@code amount} is at the currency's scale, negative for a discount. */
    public record AdjustmentView(String label, String amount) {}

    @Override
    public OrderView masked() {
        Address address = new Address(MASK, null, MASK, null, null, shipTo.state(), null, shipTo.country(), null);
        return new OrderView(id, channel, externalId, status, step, ReasonView.masked(reason), handling, placedAt,
                receivedAt, updatedAt, new Customer(MASK, null), address, currency, lines, adjustments, total, shipBy,
                null,
                null, trackingNumber, carrier, batchId, position, queuePosition, expectedBy, version);
    }

    /** How many pieces there are to pack. */
    public int itemCount() {
        return lines.stream().mapToInt(LineView::quantity).sum();
    }

    /** The same order with what is known of its place in the queue. */
    public OrderView withForecast(Long ahead, Instant by) {
        return new OrderView(id, channel, externalId, status, step, reason, handling, placedAt, receivedAt, updatedAt,
                customer, shipTo, currency, lines, adjustments, total, shipBy, note, metadata, trackingNumber, carrier,
                batchId,
                position, ahead, by, version);
    }
}
