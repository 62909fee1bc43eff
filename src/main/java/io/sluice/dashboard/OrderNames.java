package io.sluice.dashboard;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;

/** Looks up order numbers. */
@ApplicationScoped
public class OrderNames {
    private final Orders orders;

    OrderNames(Orders orders) {
        this.orders = orders;
    }

    /** Order numbers by id. Unknown orders are absent. */
    public Uni<Map<UUID, String>> of(Collection<UUID> ids) {
        return orders.findAll(ids)
                .map(found -> found.stream()
                        .collect(Collectors.toMap(OrderView::id, order -> new OrderRow(order).name())));
    }
}
