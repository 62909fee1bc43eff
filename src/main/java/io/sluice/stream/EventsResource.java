package io.sluice.stream;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.sluice.web.InputError;
import io.sluice.web.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;

/**
 * Server-Sent Events (WHATWG HTML, section 9.2). The responses are written by {@link Subscriptions}, not by the
 * framework, which would encode each event once for each client; so the methods here never complete.
 */
@Path("/api")
@Tag(name = "Events")
@Produces(MediaType.SERVER_SENT_EVENTS)
public class EventsResource {
    private final Subscriptions subscriptions;
    private final EventTail tail;
    private final Orders orders;

    EventsResource(Subscriptions subscriptions, EventTail tail, Orders orders) {
        this.subscriptions = subscriptions;
        this.tail = tail;
        this.orders = orders;
    }

    @GET
    @Path("/events")
    @Operation(summary = "Every event from now on, or after Last-Event-ID; filters may repeat")
    public Uni<Response> events(@Context HttpServerResponse response, @HeaderParam("Last-Event-ID") String lastEventId,
            @RestQuery List<String> order, @RestQuery List<String> batch, @RestQuery List<String> channel,
            @RestQuery List<String> status) {
        EventFilter filter = new EventFilter(parse("order", order, UUID::fromString),
                parse("batch", batch, UUID::fromString), Set.copyOf(channel),
                parse("status", status, OrderStatus::valueOf));
        return subscriptions.follow(response, lastEventId, filter).chain(EventsResource::leaveOpen);
    }

    @GET
    @Path("/orders/{id}/events")
    @Operation(summary = "The state of one order and every event of it; ends after HANDLED or CANCELLED")
    public Uni<Response> events(@Context HttpServerResponse response, @HeaderParam("Last-Event-ID") String lastEventId,
            @RestPath UUID id) {
        // Taken before the state is read: what happens from here on is either in the state or comes as an event.
        Position before = tail.position();
        return orders.find(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no order " + id + "."))
                .chain(order -> lastEventId == null
                        ? start(response, before, order)
                        : resume(response, lastEventId, order));
    }

    private Uni<Response> start(HttpServerResponse response, Position from, OrderView order) {
        return subscriptions.followOrder(response, from, order).chain(EventsResource::leaveOpen);
    }

    private Uni<Response> resume(HttpServerResponse response, String lastEventId, OrderView order) {
        return subscriptions.resume(lastEventId).chain(resume -> {
            if (resume.unknown()) {
                return start(response, resume.from(), order);
            }
            if (order.status().ended()) {
                return subscriptions.seenAll(resume.from(), order.id())
                        .chain(all -> all
                                ? Uni.createFrom().item(Response.noContent().build())
                                : resumeAt(response, resume.from(), order));
            }
            return resumeAt(response, resume.from(), order);
        });
    }

    private Uni<Response> resumeAt(HttpServerResponse response, Position from, OrderView order) {
        return subscriptions.resumeOrder(response, from, order.id()).chain(EventsResource::leaveOpen);
    }

    private static Uni<Response> leaveOpen() {
        return Uni.createFrom().nothing();
    }

    private static <T> Set<T> parse(String name, List<String> values, Function<String, T> parser) {
        try {
            return values.stream().map(parser).collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IllegalArgumentException unknown) {
            throw ProblemException.invalid(List.of(InputError.inParameter(name, "Not known: " + values
                    + (name.equals("status") ? "; one of " + Arrays.toString(OrderStatus.values()) : ""))));
        }
    }
}
