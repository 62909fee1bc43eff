package io.sluice.stream;

import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;

import io.sluice.http.ProblemException;
import io.sluice.sse.SseConnection;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** Server-Sent Events of one order; see {@link EventsResource}. */
@Path("/api/orders/{id}/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
public class OrderEventsResource {
    private final Subscriptions subscriptions;
    private final EventTail tail;
    private final Orders orders;

    OrderEventsResource(Subscriptions subscriptions, EventTail tail, Orders orders) {
        this.subscriptions = subscriptions;
        this.tail = tail;
        this.orders = orders;
    }

    @GET
    public Uni<Response> events(@Context HttpServerRequest request, @HeaderParam("Last-Event-ID") String lastEventId,
            @RestPath UUID id) {
        // Taken before the state is read: every later change is in the state or comes as an event.
        Position before = tail.position();
        return find(id).chain(order -> lastEventId == null
                ? start(request, before, order)
                : resume(request, lastEventId, before, order));
    }

    @HEAD
    public Uni<Response> head(@RestPath UUID id) {
        return find(id).map(order -> SseConnection.head());
    }

    private Uni<OrderView> find(UUID id) {
        return orders.find(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no order " + id + "."));
    }

    private Uni<Response> start(HttpServerRequest request, Position from, OrderView order) {
        return subscriptions.followOrder(request, from, order).chain(OrderEventsResource::leaveOpen);
    }

    private Uni<Response> resume(HttpServerRequest request, String lastEventId, Position before,
            OrderView order) {
        return subscriptions.resume(lastEventId).chain(resume -> {
            if (resume.unknown()) {
                return start(request, before, order);
            }
            if (order.status().ended()) {
                return subscriptions.seenEnd(resume.from(), order.id())
                        .chain(seen -> seen
                                ? Uni.createFrom().item(Response.noContent().build())
                                : resumeAt(request, resume.from(), order));
            }
            return resumeAt(request, resume.from(), order);
        });
    }

    private Uni<Response> resumeAt(HttpServerRequest request, Position from, OrderView order) {
        return subscriptions.resumeOrder(request, from, order.id()).chain(OrderEventsResource::leaveOpen);
    }

    private static Uni<Response> leaveOpen() {
        return Uni.createFrom().nothing();
    }
}
