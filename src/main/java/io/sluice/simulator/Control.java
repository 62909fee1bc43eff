package io.sluice.simulator;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Shows and changes how each partner behaves, while it runs, and counts what it was asked. */
final class Control {

    private final PartnerNames names;

    Control(PartnerNames names) {
        this.names = names;
    }

    void mount(Router router) {
        router.get("/simulator/partners/:name").handler(this::show);
        router.patch("/simulator/partners/:name").handler(this::change);
        router.get("/simulator/partners/:name/calls").handler(this::calls);
    }

    private void show(RoutingContext ctx) {
        Responses.json(ctx, 200, names.settings(ctx.pathParam("name")).toJson());
    }

    private void change(RoutingContext ctx) {
        names.change(ctx.pathParam("name"), Requests.body(ctx));
        show(ctx);
    }

    private void calls(RoutingContext ctx) {
        names.find(ctx.pathParam("name"))
                .ifPresentOrElse(partner -> JsonArrayResponse.send(ctx,
                        List.copyOf(partner.callsByName().entrySet()),
                        count -> call(count, partner.repeats(count.getKey()))),
                        () -> JsonArrayResponse.send(ctx, List.<ObjectNode>of(), none -> none));
    }

    private static ObjectNode call(Map.Entry<String, Integer> count, int repeats) {
        ObjectNode call = Json.object().put("call", count.getKey()).put("count", count.getValue());
        return repeats == 0 ? call : call.put("repeats", repeats);
    }
}
