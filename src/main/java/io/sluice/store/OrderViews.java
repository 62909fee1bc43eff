package io.sluice.store;

import java.util.List;

/** Makes views of entities. */
final class OrderViews {

    private OrderViews() {}

    static List<OrderView> of(List<OrderEntity> orders) {
        return orders.stream().map(OrderViews::of).toList();
    }

    static OrderView of(OrderEntity order) {
        OrderStateEntity state = order.state;
        OrderContent content = OrderContent.parse(order.content);
        return new OrderView(order.id, order.channel, order.externalId, state.status, state.step,
                ReasonView.of(state.reasonCode, state.reasonDetail, null), order.handling, order.placedAt,
                order.receivedAt, state.updatedAt, content.customer(order.customerName), content.shipTo(),
                order.currency, content.lineViews(), order.total.toPlainString(), state.trackingNumber, state.carrier,
                state.batchId, state.position, null, null, state.version);
    }
}
