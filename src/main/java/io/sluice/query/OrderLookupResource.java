package io.sluice.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;

import io.sluice.access.Caller;
import io.sluice.http.ChannelScope;
import io.sluice.http.ETags;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.PreferHeader;
import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.store.OrderFilter;
import io.sluice.store.OrderHistory;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.sluice.stream.ChangedOrders;
import io.sluice.stream.LoadForecast;
import io.sluice.stream.OrderWatch;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Orders over HTTP, for reading. */
@NeedsDatabase
@Path("/api/orders")
@Produces(MediaType.APPLICATION_JSON)
public class OrderLookupResource {
    private final Orders orders;
    private final OrderWatch watches;
    private final LoadForecast load;
    private final ChangedOrders changed;

    OrderLookupResource(Orders orders, OrderWatch watches, LoadForecast load, ChangedOrders changed) {
        this.orders = orders;
        this.changed = changed;
        this.watches = watches;
        this.load = load;
    }

    @GET
    public Uni<?> page(@BeanParam OrderQuery query, @Context RoutingContext request) {
        QueryParameters.readAll(query::filter, query::updatedSince,
                query.asksForChanges() ? query::position : query::cursor, query::limit);
        Instant since = query.updatedSince();
        OrderFilter asked = query.filter();
        OrderFilter filter = asked.withChannel(ChannelScope.searched(Caller.of(request), asked.channel()));
        return since == null
                ? orders.page(filter, query.cursor(), query.limit())
                : changed.since(since, query.position(), filter, query.limit());
    }

    @GET
    @Path("/{id}")
    public Uni<Response> order(@RestPath UUID id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch,
            @HeaderParam(PreferHeader.HEADER) List<String> prefer, @Context RoutingContext request) {
        Duration wait = PreferHeader.waitOf(prefer).orElse(null);
        if (wait == null || ifNoneMatch.isEmpty()) {
            return find(id).chain(order -> answer(order, ifNoneMatch, null));
        }
        OrderWatch.Watch watch = watches.open(request, id, state -> state.version() > ETags.newestIn(ifNoneMatch))
                .orElseThrow(() -> ProblemException.overloaded("Too many long polls are open. Try again.",
                        Duration.ofSeconds(1)));
        return find(id)
                .chain(order -> ETags.matches(ifNoneMatch, order.version())
                        ? watch.await(wait).chain(() -> find(id))
                        : Uni.createFrom().item(order))
                .onTermination()
                .invoke(watch::close)
                .chain(order -> answer(order, ifNoneMatch, wait));
    }

    @GET
    @Path("/{id}/history")
    public Uni<OrderHistory> history(@RestPath UUID id) {
        return orders.history(id)
                .chain(history -> history.attempts().isEmpty()
                        ? find(id).replaceWith(history)
                        : Uni.createFrom().item(history));
    }

    private Uni<OrderView> find(UUID id) {
        return orders.find(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no order " + id + "."));
    }

    private Uni<Response> answer(OrderView order, List<String> ifNoneMatch, Duration waited) {
        boolean same = ETags.matches(ifNoneMatch, order.version());
        Uni<Response.ResponseBuilder> answer = same
                ? Uni.createFrom().item(Response.notModified())
                : load.forecast(order).map(Response::ok);
        return answer.map(response -> response.header(HttpHeaders.ETAG, ETags.of(order.version()))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(PreferHeader.APPLIED, waited == null ? null : PreferHeader.applied(waited))
                .build());
    }
}
