package io.sluice.batch;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Finds the orders that match a filter and have one of certain states, in the sequence of the table. Each state is looked
 * for by itself: there the index has the orders in that sequence, so that the first ones cost little however many follow.
 */
final class FilterQuery {
    private final StringBuilder orders = new StringBuilder();
    private static final Set<OrderStatus> FREE = Arrays.stream(OrderStatus.values())
            .filter(OrderStatus::awaitsPerson)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(OrderStatus.class)));
    private final Tuple parameters;

    /**
     * The matches that a batch can take.
     *
     * @param limit how many there may be at most; the next one after that is not looked for
     */
    static FilterQuery free(OrderFilter filter, int limit) {
        return new FilterQuery(filter, FREE, "not", limit);
    }

    /** The matches that a batch cannot take: failed ones among them that another batch still has. */
    static FilterQuery notFree(OrderFilter filter, int limit) {
        Set<OrderStatus> statuses = EnumSet.complementOf(EnumSet.copyOf(FREE));
        statuses.add(OrderStatus.FAILED);
        return new FilterQuery(filter, statuses, "", limit);
    }

    private FilterQuery(OrderFilter filter, Collection<OrderStatus> statuses, String failedAnd, int limit) {
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
        orders.append(" where s.status = wanted.status and (s.status <> 'FAILED' or " + failedAnd
                + " exists (select from batch b where b.id = s.batch_id and " + BatchFillTable.AT_WORK + "))");
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
                from (select found.* %s) found left join batch b on b.id = found.batch_id and %s
                order by found.placed_at desc, found.order_id desc"""
                .formatted(inSequence(), BatchFillTable.AT_WORK);
    }

    private String inSequence() {
        return orders + " order by found.placed_at desc, found.order_id desc limit $2";
    }
}
