package io.sluice.batch;

import java.util.Collection;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Finds the orders that match a filter and have one of certain states, in the sequence of the table. Each state is looked
 * for by itself: there the index has the orders in that sequence, so that the first ones cost little however many follow.
 */
final class FilterQuery {
    private final StringBuilder orders = new StringBuilder();
    private final Tuple parameters;

    /** @param limit how many there may be at most; the next one after that is not looked for */
    FilterQuery(OrderFilter filter, Collection<OrderStatus> statuses, int limit) {
        parameters = Tuple.of(statuses.stream()
                .filter(status -> filter.statuses().isEmpty() || filter.statuses().contains(status))
                .map(OrderStatus::name)
                .toArray(String[]::new), limit);
        orders.append("""
                from unnest($1::text[]) wanted(status) cross join lateral (
                    select s.order_id, s.placed_at, s.status, s.batch_id
                    from order_state s""");
        if (filter.channel() != null || filter.text() != null) {
            orders.append(" join orders o on o.id = s.order_id");
        }
        orders.append(" where s.status = wanted.status");
        if (filter.channel() != null) {
            orders.append(" and o.channel = ").append(parameter(filter.channel()));
        }
        if (filter.text() != null) {
            String pattern = parameter(filter.pattern());
            orders.append(" and (o.external_id ilike " + pattern + " escape '!' or o.customer_name ilike " + pattern
                    + " escape '!' or o.id::text = lower(" + parameter(filter.text()) + "))");
        }
        orders.append(" order by s.placed_at desc, s.order_id desc limit $2) found");
    }

    private String parameter(String value) {
        parameters.addString(value);
        return "$" + parameters.size();
    }

    Tuple parameters() {
        return parameters;
    }

    String count() {
        return "select count(*) from (select " + orders + " limit $2) counted";
    }

    String ids() {
        return "select found.order_id " + inSequence();
    }

    /** Rows as {@link Candidate#of} reads them. */
    String candidates() {
        return """
                select found.order_id, found.status, b.id
                from (select found.* %s) found left join batch b on b.id = found.batch_id and b.status in ('PREPARING', 'RUNNING')
                order by found.placed_at desc, found.order_id desc"""
                .formatted(inSequence());
    }

    private String inSequence() {
        return orders + " order by found.placed_at desc, found.order_id desc limit $2";
    }
}
