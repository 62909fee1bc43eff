package io.sluice.packingslip;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.sluice.order.Address;
import io.sluice.store.OrderView;

/**
 * What is printed for an order: what to pack, and where it goes.
 *
 * @param externalId    the channel's own number, or null
 * @param placedAt      when the customer ordered, or null if that is not known here
 * @param place         in its batch, or null
 * @param outOfSequence whether it comes out later than its place in the batch says
 */
public record Slip(UUID orderId, String channel, String externalId, Instant placedAt, Address shipTo, List<Line> lines,
        Place place, boolean outOfSequence) implements Sheet {

    public Slip {
        lines = List.copyOf(lines);
    }

    /** One line of the order; {@code quantity} counts pieces. */
    public record Line(String sku, String title, int quantity) {}

    /** The lines of an order, less the prices: who packs need not know them. */
    public static List<Line> lines(List<OrderView.LineView> lines) {
        return lines.stream().map(line -> new Line(line.sku(), line.title(), line.quantity())).toList();
    }

    /** How many pieces there are to pack. */
    long pieces() {
        return lines.stream().mapToLong(Line::quantity).sum();
    }
}
