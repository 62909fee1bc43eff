package io.sluice.store;

import java.util.List;

import io.sluice.order.OrderStatus;

/** Makes views of entities. */
final class OrderViews {

    private OrderViews() {}

    static List<OrderView> of(List<OrderEntity> orders) {
        return orders.stream().map(OrderViews::of).toList();
    }

    static OrderView of(OrderEntity order) {
        OrderStateEntity state = order.state;
        OrderContent content = OrderContent.parse(order.content);
        return new OrderView(order.id, order.channel, order.externalId, state.status, step(state),
                reason(state), order.handling, order.placedAt,
                order.receivedAt, state.updatedAt, content.customer(order.customerName), content.shipTo(),
                order.currency, content.lineViews(), content.adjustments(), order.total.toPlainString(),
                content.deadline(), content.note(),
                content.metadata(), state.trackingNumber, state.carrier, state.batchId, state.position, null, null,
                state.version);
    }

    /** The current, held or failed step. Before an order begins, the step that it will begin with is not shown. */
    private static String step(OrderStateEntity state) {
        return state.status == OrderStatus.RECEIVED || state.status == OrderStatus.QUEUED ? null : state.step;
    }

    /** The row also keeps the note on a last attempt that succeeded; that belongs to the history. */
    private static ReasonView reason(OrderStateEntity state) {
        boolean shown = state.status == OrderStatus.DELAYED || state.status == OrderStatus.FAILED
                || state.status == OrderStatus.CANCELLED && state.step != null;
        return shown ? ReasonView.of(state.reasonCode, state.reasonDetail, null) : null;
    }
}
