package io.sluice.dashboard;

import java.util.List;

import io.sluice.store.AttemptView;
import io.sluice.store.OrderView;

/** One order with everything that was tried for it. */
record HistoryView(OrderRow row, List<AttemptRow> attempts) {

    static HistoryView of(OrderView order, List<AttemptView> attempts) {
        return new HistoryView(new OrderRow(order), attempts.stream().map(AttemptRow::new).toList());
    }
}
