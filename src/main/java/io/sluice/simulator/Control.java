package io.sluice.simulator;

import java.util.List;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Shows and changes how each partner behaves, while it runs. */
final class Control {

    private final List<SimulatedPartner<?>> partners;

    Control(List<SimulatedPartner<?>> partners) {
        this.partners = partners;
    }

    void mount(Router router) {
        router.get("/simulator/partners/:name").handler(this::show);
        router.patch("/simulator/partners/:name").handler(this::change);
    }

    private void show(RoutingContext ctx) {
        Responses.json(ctx, 200, named(ctx.pathParam("name")).settings().toJson());
    }

    private void change(RoutingContext ctx) {
        SimulatedPartner<?> partner = named(ctx.pathParam("name"));
        partner.change(partner.settings().patchedWith(Requests.body(ctx)));
        show(ctx);
    }

    private SimulatedPartner<?> named(String name) {
        return partners.stream()
                .filter(partner -> partner.name().equals(name))
                .findAny()
                .orElseThrow(() -> new Problem(404, "There is no partner " + name));
    }
}
