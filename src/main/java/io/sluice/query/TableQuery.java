package io.sluice.query;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;
import io.sluice.store.PageCursor;

/** Reads the query parameters of the table of orders; the dashboard's are the same. */
public final class TableQuery {
    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_TEXT = 200;

    private TableQuery() {}

    /** @throws ProblemException 422 naming the parameter that is wrong */
    public static OrderFilter filter(List<String> statuses, String channel, String text) {
        Set<OrderStatus> wanted = EnumSet.noneOf(OrderStatus.class);
        statuses.forEach(status -> wanted.add(QueryParameters.constant("status", status, OrderStatus.class)));
        return new OrderFilter(wanted, text("channel", channel), text("q", text));
    }

    /** @throws ProblemException 422 if it is no whole number from 1 to 200 */
    public static int limit(String limit) {
        return QueryParameters.integer("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
    }

    /** @throws ProblemException 422 if it is no cursor that a page has given out */
    public static String cursor(String cursor) {
        String given = text("cursor", cursor);
        if (given != null && PageCursor.decode(given).isEmpty()) {
            throw ProblemException.invalidParameter("cursor", "This is not a cursor that a page has given out.");
        }
        return given;
    }

    private static String text(String name, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
            throw ProblemException.invalidParameter(name,
                    "The parameter '" + name + "' may have " + MAX_TEXT + " characters at most, and none may be NUL.");
        }
        return value.strip();
    }
}
