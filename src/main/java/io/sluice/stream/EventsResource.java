package io.sluice.stream;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.http.NeedsDatabase;
import io.sluice.http.QueryParameters;
import io.sluice.sse.SseConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/**
 * The event log, as a stream or as pages. {@link Subscriptions} writes the responses of streams, because the framework
 * would encode each event once for each client. So that method never completes.
 */
@Path("/api/events")
public class EventsResource {
    private final Subscriptions subscriptions;
    private final EventPages pages;

    EventsResource(Subscriptions subscriptions, EventPages pages) {
        this.subscriptions = subscriptions;
        this.pages = pages;
    }

    /** Server-Sent Events (WHATWG HTML, section 9.2). */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Uni<Response> events(@Context HttpServerRequest request, @HeaderParam("Last-Event-ID") String lastEventId,
            @BeanParam EventQuery query) {
        return subscriptions.follow(request, lastEventId, query.filter()).chain(() -> Uni.createFrom().nothing());
    }

    @HEAD
    public Response head(@BeanParam EventQuery query) {
        query.filter();
        return SseConnection.head();
    }

    @GET
    @NeedsDatabase
    @Produces(MediaType.APPLICATION_JSON + ";qs=0.5")
    public Uni<Response> page(@BeanParam EventQuery query, @RestQuery String after, @RestQuery String limit) {
        QueryParameters.readAll(query::filter, () -> QueryParameters.text("after", after),
                () -> QueryParameters.limit(limit));
        return pages.page(QueryParameters.text("after", after), QueryParameters.limit(limit), query.filter())
                .map(page -> Response.ok(page, MediaType.APPLICATION_JSON).build());
    }
}
