package io.sluice.dashboard.batch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.sluice.batch.BatchItemPage;
import io.sluice.batch.BatchView;
import io.sluice.batch.FilterView;
import io.sluice.dashboard.FilterText;
import io.sluice.dashboard.Format;

/**
 * One batch and a page of its orders.
 *
 * @param nextPosition where the next page starts, or null on the last page
 */
record BatchDetails(BatchProgress progress, BatchAddress address, List<ItemRow> items, String nextPosition,
        RejectedOrders rejected) {
    static final int ROWS = 50;

    static BatchDetails of(BatchProgress progress, BatchAddress address, BatchItemPage page, RejectedOrders rejected,
            Map<UUID, String> names) {
        List<ItemRow> items = page.items()
                .stream()
                .map(item -> new ItemRow(item, names.getOrDefault(item.orderId(), item.orderId().toString())))
                .toList();
        return new BatchDetails(progress, address, items, page.nextCursor(), rejected.with(names));
    }

    public BatchView batch() {
        return progress.batch();
    }

    public String total() {
        return Format.number(batch().counts().total());
    }

    public List<ItemFilter> filters() {
        return ItemFilter.all(address, batch().counts());
    }

    /** The number of failed orders that can be retried; null if there are none. */
    public String retriable() {
        return batch().counts().failed() == 0 ? null : progress.failed();
    }

    /** How the orders were selected. */
    public String selection() {
        FilterView filter = batch().filter();
        if (filter == null) {
            return "Selected individually";
        }
        String words = FilterText.of(filter.toFilter());
        return words == null ? "All orders" : "All matching orders: " + words;
    }

    public String allHref() {
        return address.of(Set.of()).href();
    }

    public String firstHref() {
        return address.first() ? null : address.toFirst().href();
    }

    public String nextHref() {
        return nextPosition == null ? null : address.after(nextPosition).href();
    }
}
