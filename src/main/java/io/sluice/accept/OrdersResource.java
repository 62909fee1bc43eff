package io.sluice.accept;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.sluice.access.Caller;
import io.sluice.http.ChannelScope;
import io.sluice.http.ETags;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.PreferHeader;
import io.sluice.http.RequestOrigin;
import io.sluice.idempotency.IdempotencyKey;
import io.sluice.idempotency.KeyTable;
import io.sluice.order.OrderDraft;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.sluice.stream.LoadForecast;
import io.sluice.tracing.Origin;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Accepts orders. */
@NeedsDatabase
@Path("/api/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {
    private final Acceptor acceptor;
    private final Orders orders;
    private final CompletionWait completion;
    private final LoadForecast load;
    private final Clock clock;
    private final OrderReader reader;

    OrdersResource(Acceptor acceptor, Orders orders, CompletionWait completion, LoadForecast load,
            Clock clock) {
        this.acceptor = acceptor;
        this.orders = orders;
        this.completion = completion;
        this.load = load;
        this.clock = clock;
        this.reader = new OrderReader(clock);
    }

    /**
     * Answers 202 once the order is durable. Answers 200 if the order was stored before, or if it is handled, failed or
     * cancelled within the time of {@code Prefer: wait}.
     */
    @POST
    public Uni<Response> post(byte[] body, @HeaderParam(IdempotencyKey.HEADER) String key,
            @HeaderParam(PreferHeader.HEADER) List<String> prefer, @Context RoutingContext request) {
        OrderDraft draft = reader.read(body);
        ChannelScope.checkChannel(Caller.of(request), draft.channel());
        Origin origin = RequestOrigin.of(request);
        Uni<Accepted> accepted = key == null
                ? acceptor.accept(draft, origin)
                : accept(draft, origin,
                        IdempotencyKey.of(Caller.of(request).identity(), key, "POST /api/orders", body));
        Duration wait = PreferHeader.waitOf(prefer).orElse(null);
        return wait == null
                ? accepted.map(this::answer)
                : accepted.chain(first -> completion.await(request, first.order().id(), wait)
                        .chain(ended -> orders.find(first.order().id()))
                        .chain(load::forecast)
                        .map(order -> waited(first, order, wait)));
    }

    private Uni<Accepted> accept(OrderDraft draft, Origin origin, IdempotencyKey key) {
        return KeyTable.patiently(Uni.createFrom().deferred(() -> acceptor.accept(draft, key, origin)));
    }

    /** With the order as it is now, whether or not its end has been seen in the log of events, which may be behind. */
    private Response waited(Accepted accepted, OrderView order, Duration wait) {
        Response.ResponseBuilder answer = order.status().settled()
                ? Response.ok(order)
                : Response.accepted(order).header(HttpHeaders.RETRY_AFTER, retryAfter(order));
        return head(answer, order, accepted).header(PreferHeader.APPLIED, PreferHeader.applied(wait)).build();
    }

    private Response answer(Accepted accepted) {
        OrderView order = accepted.order();
        return accepted.created()
                ? head(Response.accepted(order), order, accepted)
                        .header(HttpHeaders.RETRY_AFTER, retryAfter(order))
                        .build()
                : head(Response.ok(order), order, accepted).build();
    }

    private static Response.ResponseBuilder head(Response.ResponseBuilder response, OrderView order,
            Accepted accepted) {
        return response.header(HttpHeaders.LOCATION, "/api/orders/" + order.id())
                .header(HttpHeaders.ETAG, ETags.of(order.version()))
                .header(IdempotencyKey.REPLAYED, accepted.replayed() ? true : null);
    }

    /** Seconds until the order is expected to be handled; at least 1, at most 60. */
    private long retryAfter(OrderView order) {
        return order.expectedBy() == null
                ? 1
                : Math.max(1, Math.min(60, Duration.between(clock.instant(), order.expectedBy()).toSeconds()));
    }
}
