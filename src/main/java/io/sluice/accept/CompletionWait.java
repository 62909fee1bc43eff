package io.sluice.accept;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.store.Orders;
import io.sluice.stream.OrderWatch;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Waits until an order is handled, failed or cancelled. */
@ApplicationScoped
public class CompletionWait {
    private final OrderWatch watches;
    private final Orders orders;

    CompletionWait(OrderWatch watches, Orders orders) {
        this.watches = watches;
        this.orders = orders;
    }

    /**
     * Whether the order was handled, failed or cancelled within {@code wait}; false at once if too many calls are
     * waiting. The state is read after the watch is open, so that no change in between is missed.
     */
    public Uni<Boolean> await(RoutingContext request, UUID orderId, Duration wait) {
        OrderWatch.Watch watch = watches.open(request, orderId, state -> state.status().settled()).orElse(null);
        if (watch == null) {
            return Uni.createFrom().item(false);
        }
        return orders.find(orderId)
                .chain(order -> order.status().settled() ? Uni.createFrom().item(true) : watch.await(wait))
                .onTermination()
                .invoke(watch::close);
    }
}
