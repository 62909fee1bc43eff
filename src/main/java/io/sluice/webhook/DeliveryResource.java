package io.sluice.webhook;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.audit.Requester;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The delivery log of an endpoint over HTTP. */
@NeedsDatabase
@Path("/api/webhooks/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class DeliveryResource {
    private final Webhooks webhooks;
    private final DeliveryLog log;

    DeliveryResource(Webhooks webhooks, DeliveryLog log) {
        this.webhooks = webhooks;
        this.log = log;
    }

    @GET
    @Path("/deliveries")
    public Uni<DeliveryPage> page(@RestPath UUID id, @RestQuery List<String> status, @RestQuery String limit,
            @RestQuery String cursor) {
        QueryParameters.readAll(() -> QueryParameters.constants("status", status, DeliveryStatus.class),
                () -> QueryParameters.numberCursor(cursor), () -> QueryParameters.limit(limit));
        var wanted = QueryParameters.constants("status", status, DeliveryStatus.class);
        Long before = QueryParameters.numberCursor(cursor);
        int size = QueryParameters.limit(limit);
        return webhooks.found(id).chain(webhook -> log.page(id, wanted, before, size));
    }

    /** 202; 409 while the endpoint is disabled. */
    @POST
    @Idempotent
    @Path("/test")
    public Uni<Response> test(@RestPath UUID id, @Context RoutingContext request) {
        return accepted(id, () -> log.test(id, Requester.of(request, "api")));
    }

    /** 202; 409 while the endpoint is disabled. */
    @POST
    @Idempotent
    @Path("/deliveries/{delivery}/replay")
    public Uni<Response> replay(@RestPath UUID id, @RestPath long delivery, @Context RoutingContext request) {
        return accepted(id, () -> log.replay(id, delivery, Requester.of(request, "api"))
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException
                        .notFound("There is no delivery " + delivery + " of the webhook " + id + ".")));
    }

    /** 202; 409 while the endpoint is disabled. */
    @POST
    @Idempotent
    @Path("/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> replay(@RestPath UUID id, byte[] body, @Context RoutingContext request) {
        WebhookReader.Replay wanted = WebhookReader.replay(body);
        return accepted(id,
                () -> log.replay(id, wanted.status(), wanted.from(), wanted.to(), Requester.of(request, "api"))
                        .map(Replayed::new));
    }

    /** @param deliveries how many messages are sent again */
    @RegisterForReflection
    public record Replayed(long deliveries) {}

    private <T> Uni<Response> accepted(UUID id, Supplier<Uni<T>> work) {
        return webhooks.whileEnabled(id, work).map(result -> Response.accepted(result).build());
    }
}
