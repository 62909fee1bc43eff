package io.sluice.dashboard.live;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.sluice.access.Caller;
import io.sluice.access.Permission;
import io.sluice.sse.SseConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /dashboard/events}: the Server-Sent Events that keep open pages up to date. */
@Path("/dashboard/events")
public class LiveResource {
    private final LiveUpdates updates;
    private final Vertx vertx;

    LiveResource(LiveUpdates updates, Vertx vertx) {
        this.updates = updates;
        this.vertx = vertx;
    }

    /** Never completes: the connection writes the response. */
    @HEAD
    public Response head() {
        return SseConnection.head();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Uni<Response> events(@Context RoutingContext request) {
        updates.join(new SseConnection(request.request(), vertx), Caller.of(request).may(Permission.PERSONAL));
        return Uni.createFrom().nothing();
    }
}
