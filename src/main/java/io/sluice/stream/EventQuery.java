package io.sluice.stream;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.Context;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.access.Caller;
import io.sluice.http.ChannelScope;
import io.sluice.http.QueryParameters;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderStatus;
import io.vertx.ext.web.RoutingContext;

/** The query parameters that filter events, not yet validated. Each may be repeated. */
public class EventQuery {
    @RestQuery
    List<String> order;
    @RestQuery
    List<String> batch;
    @RestQuery
    List<String> channel;
    @RestQuery
    List<String> status;
    @Context
    RoutingContext request;

    EventFilter filter() {
        QueryParameters.readAll(() -> QueryParameters.ids("order", order), () -> QueryParameters.ids("batch", batch),
                () -> QueryParameters.constants("status", status, OrderStatus.class));
        return new EventFilter(QueryParameters.ids("order", order), QueryParameters.ids("batch", batch),
                ChannelScope.followed(Caller.of(request),
                        channel.stream().map(OrderDraft::channelName).collect(Collectors.toSet())),
                QueryParameters.constants("status", status, OrderStatus.class));
    }
}
