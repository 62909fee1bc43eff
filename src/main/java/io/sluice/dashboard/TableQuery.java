package io.sluice.dashboard;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;
import io.sluice.store.PageCursor;

/** The query parameters of a page of the table, as they came. */
public class TableQuery {
    private static final int MAX_TEXT = 200;

    @RestQuery
    List<String> status;
    @RestQuery
    String channel;
    @RestQuery
    String q;
    @RestQuery
    String cursor;
    @RestQuery
    boolean selectAll;

    /** @throws UnreadableAddress naming what does not fit */
    TableAddress address() {
        if (cursor != null && PageCursor.decode(cursor).isEmpty()) {
            throw new UnreadableAddress("'cursor' is not one of this table's.");
        }
        return new TableAddress(new OrderFilter(statuses(), text("channel", channel), text("q", q)), cursor);
    }

    private Set<OrderStatus> statuses() {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        for (String name : status) {
            try {
                statuses.add(OrderStatus.valueOf(name));
            } catch (IllegalArgumentException unknown) {
                throw new UnreadableAddress("There is no status '" + name + "'.");
            }
        }
        return statuses;
    }

    private static String text(String name, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
            throw new UnreadableAddress("'" + name + "' is too long or holds a NUL character.");
        }
        return value.strip();
    }
}
