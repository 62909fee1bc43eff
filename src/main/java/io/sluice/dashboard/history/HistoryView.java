package io.sluice.dashboard.history;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.sluice.address.AddressLine;
import io.sluice.address.PostalAddress;
import io.sluice.dashboard.OrderRow;
import io.sluice.order.OrderStatus;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.store.OrderHistory;
import io.sluice.store.OrderView;

/** An order and what happened to it, oldest first. */
record HistoryView(OrderRow row, List<HistoryRow> rows, List<AddressLine> shipTo, String requestId) {

    /** @param senderCountry ISO 3166-1 alpha-2, or null if it is not known */
    static HistoryView of(OrderView order, OrderHistory history, String senderCountry) {
        List<HistoryRow> rows = Stream
                .<HistoryRow>concat(history.attempts().stream().map(AttemptRow::new),
                        history.actions().stream().map(ActionRow::new))
                .sorted(Comparator.comparing(HistoryRow::at))
                .toList();
        return new HistoryView(new OrderRow(order), rows, PostalAddress.lines(order.shipTo(), senderCountry),
                history.requestId());
    }

    /** The lines of the note; empty if there is none. */
    public List<String> note() {
        return order().note() == null ? List.of() : order().note().lines().toList();
    }

    public boolean retriable() {
        return order().status() == OrderStatus.FAILED;
    }

    public boolean cancellable() {
        return order().status().mayBecome(OrderStatus.CANCELLED);
    }

    /** Whether voiding the shipment failed for a reason other than that the carrier is down. */
    public boolean voidFailed() {
        return order().status() == OrderStatus.CANCELLED && Step.VOID_SHIPMENT.wireName().equals(order().step())
                && order().reason() != null && !order().reason().code().equals(Reason.PARTNER_DOWN);
    }

    private OrderView order() {
        return row.order();
    }
}
