package io.sluice.stream;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.http.QueryParameters;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/**
 * Server-Sent Events (WHATWG HTML, section 9.2). {@link Subscriptions} writes the responses, because the framework
 * would encode each event once for each client. So these methods never complete.
 */
@Path("/api/events")
@Tag(name = "Events")
@Produces(MediaType.SERVER_SENT_EVENTS)
public class EventsResource {
    private final Subscriptions subscriptions;

    EventsResource(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @GET
    @Operation(summary = "All events from now on, or after Last-Event-ID; filters may be repeated")
    public Uni<Response> events(@Context HttpServerRequest request, @HeaderParam("Last-Event-ID") String lastEventId,
            @RestQuery List<String> order, @RestQuery List<String> batch, @RestQuery List<String> channel,
            @RestQuery List<String> status) {
        EventFilter filter = new EventFilter(QueryParameters.ids("order", order), QueryParameters.ids("batch", batch),
                channel.stream().map(OrderDraft::channelName).collect(Collectors.toSet()),
                QueryParameters.constants("status", status, OrderStatus.class));
        return subscriptions.follow(request, lastEventId, filter).chain(() -> Uni.createFrom().nothing());
    }
}
