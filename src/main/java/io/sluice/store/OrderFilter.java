package io.sluice.store;

import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import io.sluice.json.TextRules;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderStatus;

/**
 * Which orders a table shows.
 *
 * @param statuses empty for all
 * @param channel  in any case; null for all
 * @param text     part of an external id or customer name, or an order id; null for all
 */
public record OrderFilter(Set<OrderStatus> statuses, String channel, String text) {
    public static final OrderFilter ALL = new OrderFilter(Set.of(), null, null);

    public OrderFilter {
        channel = channel == null ? null : OrderDraft.channelName(channel);
    }

    public boolean shows(OrderStatus status) {
        return statuses.isEmpty() || statuses.contains(status);
    }

    /**
     * What the filter asks of the content of an order {@code o}, as conditions in SQL or HQL: each begins with {@code
     * and}. How a status is found best, each query knows itself.
     *
     * @param externalId   what the query calls the external id
     * @param customerName what the query calls the name of the customer
     * @param parameter    adds a value to the parameters of the query, and gives its placeholder
     */
    public String conditions(String externalId, String customerName, Function<Object, String> parameter) {
        StringBuilder conditions = new StringBuilder();
        if (channel != null) {
            conditions.append(" and o.channel = ").append(parameter.apply(channel));
        }
        if (text != null) {
            String like = " ilike " + parameter.apply("%" + text.replaceAll("([!%_])", "!$1") + "%") + " escape '!'";
            UUID id = TextRules.id(text);
            conditions.append(" and (" + externalId + like + " or " + customerName + like
                    + (id == null ? "" : " or o.id = " + parameter.apply(id)) + ")");
        }
        return conditions.toString();
    }
}
