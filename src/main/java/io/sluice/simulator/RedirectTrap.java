package io.sluice.simulator;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Where a partner's redirect leads. Counts the requests that come, so that a client that follows is found out. */
final class RedirectTrap {

    static final String PATH = "/redirected";

    private int followed;

    void mount(Router router) {
        router.route(PATH).handler(this::count);
        router.get("/simulator/redirected").handler(this::show);
    }

    private void count(RoutingContext ctx) {
        followed++;
        Responses.json(ctx, 200, Json.object());
    }

    private void show(RoutingContext ctx) {
        Responses.json(ctx, 200, Json.object().put("followed", followed));
    }
}
