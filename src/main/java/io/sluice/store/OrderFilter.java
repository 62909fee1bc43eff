package io.sluice.store;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.sluice.order.OrderDraft;
import io.sluice.order.OrderStatus;

/**
 * Which orders a table shows.
 *
 * @param statuses empty for all
 * @param channel  in any case; null for all
 * @param text     words, each part of an order number, tracking number, SKU, name, e-mail address or id; null for all
 */
public record OrderFilter(Set<OrderStatus> statuses, String channel, String text) {
    public static final OrderFilter ALL = new OrderFilter(Set.of(), null, null);
    /** Part of an id. Shorter ones would be in the ids of many orders: a number of four digits in thousands. */
    private static final Pattern ID_PART = Pattern.compile("[0-9a-f]{6,32}");
    /** What {@link SearchText} leaves out of a text of ASCII, and the blank, as a literal of SQL. */
    private static final String PUNCTUATION = "'" + SearchText.IGNORED_ASCII.replace("'", "''") + " '";

    public OrderFilter {
        channel = channel == null ? null : OrderDraft.channelName(channel);
    }

    public boolean shows(OrderStatus status) {
        return statuses.isEmpty() || statuses.contains(status);
    }

    /** Whether the order has the status and the channel. */
    public boolean shows(OrderView order) {
        return shows(order.status()) && (channel == null || channel.equals(order.channel()));
    }

    /**
     * What the filter asks of an order {@code o}, as conditions in SQL or HQL: each begins with {@code and}. How a
     * status is found best, each query knows itself.
     *
     * @param trackingNumber what the query calls the tracking number
     * @param parameter      adds a value to the parameters of the query, and gives its placeholder
     */
    public String conditions(String trackingNumber, Function<Object, String> parameter) {
        StringBuilder conditions = new StringBuilder();
        if (channel != null) {
            conditions.append(" and o.channel = ").append(parameter.apply(channel));
        }
        if (text != null) {
            List<String> words = SearchText.words(text);
            words.forEach(word -> conditions.append(SearchText.forms(word)
                    .stream()
                    .map(form -> has(form, trackingNumber, parameter))
                    .collect(Collectors.joining(" or ", " and (", ")"))));
            if (words.isEmpty()) {
                conditions.append(" and 1 = 0");
            }
        }
        return conditions.toString();
    }

    /** Each expression is one that a trigram index can have. */
    private static String has(String form, String trackingNumber, Function<Object, String> parameter) {
        String like = " like " + parameter.apply("%" + form.replaceAll("([!%_])", "!$1") + "%") + " escape '!'";
        String id = ID_PART.matcher(form).matches() ? " or replace(cast(o.id as text), '-', '')" + like : "";
        return "o.search" + like + " or lower(translate(" + trackingNumber + ", " + PUNCTUATION + ", ''))" + like + id;
    }
}
