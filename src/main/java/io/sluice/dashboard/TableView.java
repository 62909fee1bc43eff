package io.sluice.dashboard;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderPage;

/**
 * One page of the table.
 *
 * @param olderCursor where the next page starts, or null on the last one
 * @param allSelected whether the rows come selected
 * @param demo        whether demo orders may be had
 */
record TableView(TableAddress address, List<OrderRow> rows, String olderCursor, boolean allSelected, boolean demo,
        String apiUri) {
    static final int ROWS = 50;

    static TableView of(TableAddress address, OrderPage page, boolean allSelected, boolean demo, String apiUri) {
        return new TableView(address, OrderRow.of(page.items()), page.nextCursor(), allSelected, demo, apiUri);
    }

    /** The channels in sight, to choose from. */
    public Set<String> channels() {
        return rows.stream().map(row -> row.order().channel()).collect(Collectors.toCollection(TreeSet::new));
    }

    public int limit() {
        return ROWS;
    }

    public String olderHref() {
        return olderCursor == null ? null : address.after(olderCursor).href();
    }

    public String newestHref() {
        return address.newest() ? null : address.toNewest().href();
    }

    /** The statuses the table is narrowed down to, for the script that asks whether a new row belongs. */
    public String statuses() {
        return address.filter().statuses().stream().map(OrderStatus::name).collect(Collectors.joining(" "));
    }

    /** How many rows a person may select. */
    int selectable() {
        return (int) rows.stream().filter(OrderRow::selectable).count();
    }

    /** Whether there is no order at all. */
    public boolean blank() {
        return rows.isEmpty() && address.everything();
    }
}
