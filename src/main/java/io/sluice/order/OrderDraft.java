package io.sluice.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A valid order as it was placed, before Sluice gave it an id. It never changes afterwards.
 *
 * @param externalId the channel's own number for it, unique within the channel, or null
 * @param placedAt   when the customer ordered, or null if the sender did not say
 * @param shipBy     the deadline that the sender gives, or null
 * @param note       for the packing slip, such as a gift message; in one or more lines, or null
 * @param metadata   the sender's own data, or null; it is kept and returned, never interpreted
 */
public record OrderDraft(String channel, String externalId, Handling handling, Instant placedAt, Customer customer,
        Address shipTo, Currency currency, List<OrderLine> lines, List<Adjustment> adjustments, Instant shipBy,
        String note, SortedMap<String, String> metadata) {

    public static final String DEFAULT_CHANNEL = "api";

    public OrderDraft {
        lines = List.copyOf(lines);
        adjustments = List.copyOf(adjustments);
        metadata = metadata == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** An order of lines only. */
    public OrderDraft(String channel, String externalId, Handling handling, Instant placedAt, Customer customer,
            Address shipTo, Currency currency, List<OrderLine> lines) {
        this(channel, externalId, handling, placedAt, customer, shipTo, currency, lines, List.of(), null, null, null);
    }

    /** A channel's name as orders have it: the case does not matter. */
    public static String channelName(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The same order with another handling. */
    public OrderDraft with(Handling other) {
        return new OrderDraft(channel, externalId, other, placedAt, customer, shipTo, currency, lines, adjustments,
                shipBy, note, metadata);
    }

    public BigDecimal total() {
        return Money.total(currency, lines, adjustments);
    }

    /** How many pieces there are to pack. */
    public int itemCount() {
        return Math.toIntExact(lines.stream().mapToLong(OrderLine::quantity).sum());
    }
}
