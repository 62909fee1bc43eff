package io.sluice.demo;

import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.ResponseStatus;

import io.sluice.audit.Requester;
import io.sluice.http.NeedsDatabase;
import io.sluice.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** {@code POST /api/demo/orders}: orders for trying out Sluice. */
@NeedsDatabase
@Path("/api/demo/orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DemoResource {
    private final DemoShop shop;

    DemoResource(DemoShop shop) {
        this.shop = shop;
    }

    public record Placed(List<UUID> orderIds) {}

    @POST
    @Idempotent
    @ResponseStatus(201)
    public Uni<Placed> place(byte[] body, @Context RoutingContext request) {
        shop.checkOpen();
        return shop.place(DemoRequest.read(body), Requester.of(request, "api")).map(Placed::new);
    }
}
