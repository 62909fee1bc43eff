package io.sluice.query;

import java.util.List;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;
import io.sluice.store.PageCursor;

/**
 * The query parameters of the table of orders, in the API and on the dashboard. Each method throws a
 * {@link ProblemException} (422) that names the parameter it cannot read.
 */
public class OrderQuery {
    @RestQuery
    List<String> status;
    @RestQuery
    String channel;
    @RestQuery
    String q;
    @RestQuery
    String cursor;
    @RestQuery
    String limit;

    public OrderFilter filter() {
        return new OrderFilter(QueryParameters.constants("status", status, OrderStatus.class),
                QueryParameters.text("channel", channel), QueryParameters.text("q", q));
    }

    /** Where the previous page ended; null for the first page. */
    public String cursor() {
        PageCursor decoded = QueryParameters.cursor(cursor, PageCursor::decode);
        return decoded == null ? null : decoded.encode();
    }

    /** Rows of the page. */
    public int limit() {
        return QueryParameters.limit(limit);
    }
}
