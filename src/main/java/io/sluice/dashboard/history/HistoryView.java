package io.sluice.dashboard.history;

import java.util.List;

import io.sluice.address.AddressLine;
import io.sluice.address.PostalAddress;
import io.sluice.dashboard.OrderRow;
import io.sluice.order.OrderStatus;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.store.AttemptView;
import io.sluice.store.OrderView;

/** An order with all its attempts. */
record HistoryView(OrderRow row, List<AttemptRow> attempts, List<AddressLine> shipTo) {

    /** @param senderCountry ISO 3166-1 alpha-2, or null if it is not known */
    static HistoryView of(OrderView order, List<AttemptView> attempts, String senderCountry) {
        return new HistoryView(new OrderRow(order), attempts.stream().map(AttemptRow::new).toList(),
                PostalAddress.lines(order.shipTo(), senderCountry));
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
