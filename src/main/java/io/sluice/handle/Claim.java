package io.sluice.handle;

import java.util.UUID;

import io.sluice.order.OrderState;
import io.sluice.order.OrderStatus;
import io.sluice.order.Partner;
import io.sluice.order.Shipment;
import io.sluice.order.Step;
import io.sluice.partner.PartnerDirectory;
import io.sluice.partner.StepCall;
import io.sluice.store.OrderContent;
import io.vertx.mutiny.sqlclient.Row;

/**
 * An order that this worker has taken and may work on, until its lease runs out.
 *
 * @param lease           the fencing token: a result recorded with an older one is refused
 * @param call            what the partner of the present step must be told
 * @param place           its place in a batch, or null
 * @param admitted        whether it may go through the gate of its present step, if that has one
 * @param cancelRequested whether the order is to be cancelled instead of going on
 * @param clock           the database's time: this process' own clock may be wrong
 */
record Claim(OrderState state, int lease, StepCall call, BatchPlace place, boolean admitted, boolean cancelRequested,
        DatabaseClock clock) {

    static Claim of(Row row, boolean admitted, PartnerDirectory partners) {
        Step step = Step.of(row.getString("step"));
        String trackingNumber = row.getString("tracking_number");
        UUID id = row.getUUID("order_id");
        int attempts = row.getInteger("attempts");
        boolean unknown = row.getBoolean("unknown");
        OrderContent content = OrderContent.parse(row.getString("content"));
        String channel = row.getString("channel");
        return new Claim(
                new OrderState(id, OrderStatus.valueOf(row.getString("status")), step, attempts,
                        row.getInteger("version"), unknown),
                row.getInteger("lease"),
                new StepCall(step, partners.route(step.kind(), channel, content.shipTo().country()), id, channel,
                        row.getString("external_id"),
                        row.getOffsetDateTime("placed_at").toInstant(),
                        row.getString("currency"), row.getBigDecimal("total").toPlainString(),
                        content, row.getUUID("batch_id"),
                        row.getInteger("position"), row.getInteger("batch_total"), row.getBoolean("late"),
                        trackingNumber == null
                                ? null
                                : new Shipment(trackingNumber, row.getString("carrier")),
                        attempts + 1, unknown),
                BatchPlace.of(row), admitted, row.getBoolean("cancel_requested"),
                DatabaseClock.setTo(row.getOffsetDateTime("updated_at").toInstant()));
    }

    /** The same claim, gone on to the next step. */
    Claim at(Step step, Partner partner, int version, Shipment shipment, boolean admitted, boolean late) {
        return new Claim(new OrderState(state.id(), OrderStatus.HANDLING, step, 0, version, false), lease,
                call.next(step, partner, shipment == null ? call.shipment() : shipment).late(late), place, admitted,
                false,
                clock);
    }

    /** The same claim, let through the gate of its present step. */
    Claim through(boolean late) {
        return new Claim(state, lease, call.late(late), place, true, cancelRequested, clock);
    }
}
