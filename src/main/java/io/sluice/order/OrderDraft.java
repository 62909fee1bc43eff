package io.sluice.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/**
 * A valid order as somebody placed it, before Sluice gave it an id. It never changes afterwards.
 *
 * @param externalId the channel's own number for it, unique within the channel, or null
 * @param placedAt   when the customer ordered, or null if the sender did not say
 */
public record OrderDraft(String channel, String externalId, Handling handling, Instant placedAt, Customer customer,
        Address shipTo, Currency currency, List<OrderLine> lines) {

    public static final String DEFAULT_CHANNEL = "api";

    public OrderDraft {
        lines = List.copyOf(lines);
    }

    public BigDecimal total() {
        return Money.total(currency, lines);
    }

    /** How many pieces there are to pack. */
    public int itemCount() {
        return Math.toIntExact(lines.stream().mapToLong(OrderLine::quantity).sum());
    }
}
