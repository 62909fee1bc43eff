package io.sluice.simulator;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.json.InputObject;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The pending orders of the simulated marketplaces: what Sluice asks for, and what changes them. */
final class PendingOrderRoutes {
    private static final String CONTROL = "/simulator/marketplace/pending-orders";
    private static final int NOT_MODIFIED = 304;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final PartnersOfKind<Marketplace> marketplaces;

    PendingOrderRoutes(PartnersOfKind<Marketplace> marketplaces) {
        this.marketplaces = marketplaces;
    }

    void mount(Router router) {
        for (String path : marketplaces.paths()) {
            router.get(path + "/pending-orders").handler(marketplaces.call(PendingOrderRoutes::page));
            router.get(path + "/pending-orders/:externalId").handler(marketplaces.call(PendingOrderRoutes::find));
        }
        router.get(CONTROL).handler(ctx -> inspect(ctx, named(ctx)));
        router.post(CONTROL).handler(ctx -> put(ctx, named(ctx)));
        router.patch(CONTROL).handler(ctx -> change(ctx, named(ctx)));
        router.post(CONTROL + "/:externalId/cancel").handler(ctx -> cancel(ctx, named(ctx)));
    }

    private static void page(Marketplace marketplace, RoutingContext ctx) {
        PendingOrders orders = marketplace.pendingOrders();
        orders.trickle(Instant.now());
        long cursor = cursor(ctx, orders);
        int limit = limit(ctx);
        String etag = "\"" + orders.last() + "\"";
        if (etag.equals(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH)) && marketplace.partner().isHealthy()) {
            ctx.response().setStatusCode(NOT_MODIFIED).end();
            return;
        }
        marketplace.partner().tell(ctx, () -> {
            ctx.response().putHeader(HttpHeaders.ETAG, etag);
            return orders.page(cursor, limit);
        });
    }

    private static void find(Marketplace marketplace, RoutingContext ctx) {
        marketplace.partner().tell(ctx, () -> known(marketplace, ctx));
    }

    private static ObjectNode known(Marketplace marketplace, RoutingContext ctx) {
        ObjectNode order = marketplace.pendingOrders().find(ctx.pathParam("externalId"));
        if (order == null) {
            throw new Problem(404, "The marketplace has no such order");
        }
        return order;
    }

    private static void inspect(RoutingContext ctx, Marketplace marketplace) {
        JsonArrayResponse.send(ctx, marketplace.pendingOrders().all(), PendingOrder::order);
    }

    /** Takes any object that has a number, so that it can be an order that Sluice has to refuse. */
    private static void put(RoutingContext ctx, Marketplace marketplace) {
        InputObject order = Requests.body(ctx);
        String externalId = order.nonBlank("externalId");
        order.check();
        marketplace.pendingOrders().put(externalId, (ObjectNode) order.tree());
        Responses.json(ctx, 201, order.tree());
    }

    private static void cancel(RoutingContext ctx, Marketplace marketplace) {
        ObjectNode cancelled = known(marketplace, ctx).deepCopy().put("cancelled", true);
        marketplace.pendingOrders().put(ctx.pathParam("externalId"), cancelled);
        Responses.json(ctx, 200, cancelled);
    }

    private static void change(RoutingContext ctx, Marketplace marketplace) {
        InputObject patch = Requests.body(ctx);
        patch.require("perMinute");
        Double perMinute = patch.optionalNumber("perMinute", 0, 60_000);
        patch.rejectOtherFields();
        patch.check();
        marketplace.pendingOrders().setPerMinute(perMinute);
        Responses.json(ctx, 200, Json.object().put("perMinute", perMinute));
    }

    private Marketplace named(RoutingContext ctx) {
        List<String> name = ctx.queryParam("marketplace");
        return marketplaces.named(name.isEmpty() ? Marketplace.NAME : name.get(0));
    }

    /** The cursor of a page. @throws Problem 410 if it is none, or if the orders it was given for are gone */
    private static long cursor(RoutingContext ctx, PendingOrders orders) {
        List<String> given = ctx.queryParam("cursor");
        long cursor = given.isEmpty() ? 0 : number(given.get(0));
        if (cursor < 0 || cursor > orders.last()) {
            throw new Problem(410, "The marketplace does not know this cursor; begin without one");
        }
        return cursor;
    }

    private static int limit(RoutingContext ctx) {
        List<String> given = ctx.queryParam("limit");
        long limit = given.isEmpty() ? DEFAULT_LIMIT : number(given.get(0));
        if (limit < 1) {
            throw new Problem(400, "The limit must be a number from 1");
        }
        return (int) Math.min(limit, MAX_LIMIT);
    }

    /** -1 if it is none. */
    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
