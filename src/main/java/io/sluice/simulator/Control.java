package io.sluice.simulator;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Shows and changes how each partner behaves, while it runs, and counts what it was asked. */
final class Control {

    private final List<SimulatedPartner<?>> partners;

    Control(List<SimulatedPartner<?>> partners) {
        this.partners = partners;
    }

    void mount(Router router) {
        router.get("/simulator/partners/:name").handler(this::show);
        router.patch("/simulator/partners/:name").handler(this::change);
        router.get("/simulator/partners/:name/calls").handler(this::calls);
    }

    private void show(RoutingContext ctx) {
        Responses.json(ctx, 200, named(ctx.pathParam("name")).settings().toJson());
    }

    private void change(RoutingContext ctx) {
        SimulatedPartner<?> partner = named(ctx.pathParam("name"));
        partner.change(partner.settings().patchedWith(Requests.body(ctx)));
        show(ctx);
    }

    private void calls(RoutingContext ctx) {
        SimulatedPartner<?> partner = named(ctx.pathParam("name"));
        List<Map.Entry<String, Integer>> counts = List.copyOf(partner.callsByName().entrySet());
        JsonArrayResponse.send(ctx, counts, count -> call(count, partner.repeats(count.getKey())));
    }

    private static ObjectNode call(Map.Entry<String, Integer> count, int repeats) {
        ObjectNode call = Json.object().put("call", count.getKey()).put("count", count.getValue());
        return repeats == 0 ? call : call.put("repeats", repeats);
    }

    private SimulatedPartner<?> named(String name) {
        return partners.stream()
                .filter(partner -> partner.name().equals(name))
                .findAny()
                .orElseThrow(() -> new Problem(404, "There is no partner " + name));
    }
}
