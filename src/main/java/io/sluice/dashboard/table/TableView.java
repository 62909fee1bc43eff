package io.sluice.dashboard.table;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.sluice.dashboard.OrderRow;
import io.sluice.order.OrderStatus;
import io.sluice.store.OrderPage;
import io.sluice.store.ReasonView;

/**
 * One page of the table.
 *
 * @param olderCursor where the next page starts, or null on the last page
 * @param allSelected whether all rows are selected
 * @param demo        whether demo orders can be created
 */
public record TableView(TableAddress address, List<OrderRow> rows, String olderCursor, boolean allSelected,
        boolean demo,
        String apiUri) {
    public static final int ROWS = 50;

    static TableView of(TableAddress address, OrderPage page, boolean allSelected, boolean demo, String apiUri) {
        return new TableView(address, OrderRow.of(page.items()), page.nextCursor(), allSelected, demo, apiUri);
    }

    /** The channels on this page, as suggestions. */
    public Set<String> channels() {
        return rows.stream().map(row -> row.order().channel()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The reasons on this page, as suggestions. */
    public Set<String> causes() {
        return rows.stream()
                .map(row -> row.order().reason())
                .filter(Objects::nonNull)
                .map(ReasonView::code)
                .collect(Collectors.toCollection(TreeSet::new));
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

    /** The status filter, for the script that decides whether a new row belongs here. */
    public String statuses() {
        return address.filter().statuses().stream().map(OrderStatus::name).collect(Collectors.joining(" "));
    }

    /** The number of rows that can be selected. */
    int selectable() {
        return (int) rows.stream().filter(OrderRow::selectable).count();
    }

    /** Whether there are no orders at all. */
    public boolean blank() {
        return rows.isEmpty() && address.everything();
    }
}
