package io.sluice.dashboard.live;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import org.jboss.resteasy.reactive.ResponseHeader;

import io.smallrye.mutiny.Multi;

/** {@code GET /dashboard/events}: the Server-Sent Events that keep open pages up to date. */
@Path("/dashboard/events")
public class LiveResource {
    private static final long RECONNECT_MILLIS = 1_000;

    private final LiveUpdates table;

    LiveResource(LiveUpdates table) {
        this.table = table;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-cache")
    public Multi<OutboundSseEvent> events(@Context Sse sse) {
        return table.pushes()
                .map(push -> sse.newEventBuilder()
                        .name(push.event())
                        .data(push.data())
                        .reconnectDelay(RECONNECT_MILLIS)
                        .build());
    }
}
