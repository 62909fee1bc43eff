package io.sluice.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.json.InputObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The simulated marketplace: has pending orders, and is told an order's tracking number and that it is shipped.
 */
final class Marketplace {

    static final String NAME = "marketplace";
    static final List<String> REFUSALS = List.of(
            "Order is on hold at the marketplace",
            "Order was cancelled by the buyer",
            "Order is locked: a claim is being looked into",
            "The seller account is suspended");

    private final SimulatedPartner<MarketplaceUpdate> partner;
    private final Ledger<MarketplaceUpdate> ledger;
    private final PendingOrders pendingOrders;
    private final Map<String, Integer> callsByOrder = new LinkedHashMap<>();

    Marketplace(SimulatedPartner<MarketplaceUpdate> partner, PendingOrders pendingOrders) {
        this.partner = partner;
        this.pendingOrders = pendingOrders;
        this.ledger = partner.ledger();
        ledger.all().forEach(update -> callsByOrder.put(update.orderId(), update.calls()));
    }

    static void mount(Router router, PartnersOfKind<Marketplace> marketplaces) {
        for (String path : marketplaces.paths()) {
            router.put(path + "/orders/:orderId/*").handler(marketplaces.call(Marketplace::countCall));
            router.route(path + "/*").handler(marketplaces.call((one, ctx) -> one.partner.receive(ctx)));
            router.put(path + "/orders/:orderId/tracking").handler(marketplaces.call(Marketplace::setTracking));
            router.put(path + "/orders/:orderId/shipped").handler(marketplaces.call(Marketplace::markShipped));
            router.get(path + "/orders/:orderId").handler(marketplaces.call(Marketplace::find));
        }
        router.get("/simulator/marketplace/orders").handler(ctx -> inspect(ctx, marketplaces));
    }

    SimulatedPartner<MarketplaceUpdate> partner() {
        return partner;
    }

    PendingOrders pendingOrders() {
        return pendingOrders;
    }

    /** Counts what was received, whatever becomes of it. */
    private void countCall(RoutingContext ctx) {
        callsByOrder.merge(ctx.pathParam("orderId"), 1, Integer::sum);
        ctx.next();
    }

    private void setTracking(RoutingContext ctx) {
        String key = Requests.idempotencyKey(ctx);
        String orderId = ctx.pathParam("orderId");
        InputObject body = Requests.body(ctx);
        body.nonBlank("channel");
        String trackingNumber = body.nonBlank("trackingNumber");
        String carrier = body.nonBlank("carrier");
        body.check();
        partner.take(ctx, new EffectCall<>(key, () -> update(key, orderId, trackingNumber, carrier),
                known -> known.orderId().equals(orderId) && trackingNumber.equals(known.trackingNumber()),
                known -> state(orderId), 200));
    }

    private void markShipped(RoutingContext ctx) {
        String key = Requests.idempotencyKey(ctx);
        String orderId = ctx.pathParam("orderId");
        partner.take(ctx, new EffectCall<>(key, () -> update(key, orderId, null, null),
                known -> known.orderId().equals(orderId) && !known.isTracking(),
                known -> state(orderId), 200));
    }

    private void find(RoutingContext ctx) {
        String orderId = ctx.pathParam("orderId");
        partner.tell(ctx, () -> {
            if (ledger.ofOrder(orderId).isEmpty()) {
                throw new Problem(404, "The marketplace has heard nothing of order " + orderId);
            }
            return state(orderId);
        });
    }

    private static void inspect(RoutingContext ctx, PartnersOfKind<Marketplace> marketplaces) {
        JsonArrayResponse.send(ctx,
                marketplaces.inspected(ctx, one -> one.orders(ctx.queryParam("orderId")), (one, other) -> 0),
                known -> known.partner()
                        .inspection(known.item())
                        .put("marketplace", known.partner().partner.name()));
    }

    private List<String> orders(List<String> orderIds) {
        return orderIds.isEmpty()
                ? List.copyOf(callsByOrder.keySet())
                : orderIds.stream().limit(1).filter(callsByOrder::containsKey).toList();
    }

    private MarketplaceUpdate update(String key, String orderId, String trackingNumber, String carrier) {
        return new MarketplaceUpdate(key, orderId, trackingNumber, carrier, callsByOrder.get(orderId), Instant.now());
    }

    private ObjectNode state(String orderId) {
        ObjectNode state = inspection(orderId);
        state.remove("calls");
        return state;
    }

    /** The last tracking number counts, and the first word that the order is shipped. */
    private ObjectNode inspection(String orderId) {
        MarketplaceUpdate tracking = null;
        MarketplaceUpdate shipped = null;
        for (MarketplaceUpdate update : ledger.ofOrder(orderId)) {
            if (update.isTracking()) {
                tracking = update;
            } else if (shipped == null) {
                shipped = update;
            }
        }
        return Json.object()
                .put("orderId", orderId)
                .put("trackingNumber", tracking == null ? null : tracking.trackingNumber())
                .put("trackingAt", tracking == null ? null : Json.timestamp(tracking.at()))
                .put("shippedAt", shipped == null ? null : Json.timestamp(shipped.at()))
                .put("calls", callsByOrder.get(orderId));
    }
}
