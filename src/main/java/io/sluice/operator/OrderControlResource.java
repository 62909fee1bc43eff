package io.sluice.operator;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;

import io.sluice.accept.CompletionWait;
import io.sluice.audit.Requester;
import io.sluice.http.ETags;
import io.sluice.http.IfMatch;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.PreferHeader;
import io.sluice.http.ProblemException;
import io.sluice.idempotency.Idempotent;
import io.sluice.order.IllegalTransitionException;
import io.sluice.order.OrderStatus;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.sluice.stream.LoadForecast;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Retries, cancels and erasures over HTTP. */
@NeedsDatabase
@Path("/api/orders/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class OrderControlResource {
    private final OrderControl control;
    private final OrderErasure erasure;
    private final Orders orders;
    private final CompletionWait completion;
    private final LoadForecast load;

    OrderControlResource(OrderControl control, OrderErasure erasure, Orders orders, CompletionWait completion,
            LoadForecast load) {
        this.control = control;
        this.erasure = erasure;
        this.orders = orders;
        this.completion = completion;
        this.load = load;
    }

    /** 202 once it is queued; 409 unless it was FAILED, 412 if it has changed. */
    @POST
    @Idempotent
    @Path("/retry")
    public Uni<Response> retry(@RestPath UUID id, @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch,
            @Context RoutingContext request) {
        return control.retry(id, new IfMatch(ifMatch), Requester.of(request, "api"))
                .onFailure(IllegalTransitionException.class)
                .transform(refused -> ProblemException.conflict(refused.getMessage()))
                .chain(known -> known ? orders.find(id) : unknown(id))
                .chain(load::forecast)
                .map(order -> answer(Response.accepted(order), order).build());
    }

    /** 200 once it is cancelled, 202 if a running step must end first, 409 if it is HANDLED, 412 if it has changed. */
    @POST
    @Idempotent(repeatable = true)
    @Path("/cancel")
    public Uni<Response> cancel(@RestPath UUID id, @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch,
            @HeaderParam(PreferHeader.HEADER) List<String> prefer,
            @Context RoutingContext request) {
        Duration wait = PreferHeader.waitOf(prefer).orElse(null);
        return control.cancel(id, new IfMatch(ifMatch), Requester.of(request, "api"))
                .onFailure(IllegalTransitionException.class)
                .transform(refused -> ProblemException.conflict(refused.getMessage()))
                .chain(cancelled -> switch (cancelled) {
                    case UNKNOWN -> unknown(id);
                    case NOW, BEFORE -> orders.find(id);
                    case WHEN_THE_STEP_ENDS -> wait == null
                            ? orders.find(id)
                            : completion.await(request, id, wait).chain(() -> orders.find(id));
                })
                .map(order -> answered(order, wait));
    }

    /** 200 and what is left of the order; 409 unless it is HANDLED or CANCELLED. */
    @POST
    @Idempotent(repeatable = true)
    @Path("/erase")
    public Uni<Response> erase(@RestPath UUID id, @Context RoutingContext request) {
        return erasure.erase(id, Requester.of(request, "api"))
                .chain(known -> known ? orders.find(id) : unknown(id))
                .map(order -> answer(Response.ok(order), order).build());
    }

    private static Response answered(OrderView order, Duration wait) {
        Response.ResponseBuilder response = order.status() == OrderStatus.CANCELLED
                ? Response.ok(order)
                : Response.accepted(order).header(HttpHeaders.RETRY_AFTER, 1);
        return answer(response, order)
                .header(PreferHeader.APPLIED, wait == null ? null : PreferHeader.applied(wait))
                .build();
    }

    private static Response.ResponseBuilder answer(Response.ResponseBuilder response, OrderView order) {
        return response.header(HttpHeaders.ETAG, ETags.of(order.version()));
    }

    private static Uni<OrderView> unknown(UUID id) {
        return Uni.createFrom().failure(ProblemException.notFound("There is no order " + id + "."));
    }
}
