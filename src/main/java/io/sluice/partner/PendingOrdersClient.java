package io.sluice.partner;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** The pending orders of a marketplace, as {@code docs/partners.md} describes them. */
@Path("/pending-orders")
interface PendingOrdersClient {

    @GET
    Uni<Response> page(@QueryParam("cursor") String cursor, @QueryParam("limit") int limit,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String etag);

    @GET
    @Path("/{externalId}")
    Uni<Response> order(@PathParam("externalId") String externalId, @QueryParam("channel") String channel);
}
