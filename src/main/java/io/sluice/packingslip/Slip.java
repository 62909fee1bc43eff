package io.sluice.packingslip;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.sluice.order.Address;
import io.sluice.store.OrderView;

/**
 * A packing slip: what to pack and where to ship it.
 *
 * @param externalId    the order number of the channel, or null
 * @param placedAt      when the customer ordered, or null if unknown
 * @param note          what the customer wants said, such as a gift message; in one or more lines, or null
 * @param place         the position in the batch, or null
 * @param outOfSequence whether the slip is printed later than its position in the batch
 */
public record Slip(UUID orderId, String channel, String externalId, Instant placedAt, Address shipTo, List<Line> lines,
        String note, Place place, boolean outOfSequence) implements Sheet {

    public Slip {
        lines = List.copyOf(lines);
    }

    /** A line of the order. */
    public record Line(String sku, String title, int quantity) {}

    /** The lines of an order without prices. */
    public static List<Line> lines(List<OrderView.LineView> lines) {
        return lines.stream().map(line -> new Line(line.sku(), line.title(), line.quantity())).toList();
    }

    /** The number of pieces to pack. */
    long pieces() {
        return lines.stream().mapToLong(Line::quantity).sum();
    }
}
