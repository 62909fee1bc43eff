package io.sluice.partner;

import java.util.Map;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.sluice.tracing.Traceparent;
import io.smallrye.mutiny.Uni;

/** The marketplace, as {@code docs/partners.md} describes it. */
@Path("/orders/{orderId}")
@Consumes(MediaType.APPLICATION_JSON)
interface MarketplaceClient {

    @PUT
    @Path("/tracking")
    Uni<Response> sendTracking(@HeaderParam(Traceparent.HEADER) String traceparent,
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam(SendDeadline.HEADER) long sendBefore, @PathParam("orderId") UUID orderId,
            Tracking tracking);

    @PUT
    @Path("/shipped")
    Uni<Response> markShipped(@HeaderParam(Traceparent.HEADER) String traceparent,
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam(SendDeadline.HEADER) long sendBefore, @PathParam("orderId") UUID orderId,
            Map<String, Object> nothing);

    @GET
    Uni<Response> find(@HeaderParam(Traceparent.HEADER) String traceparent, @PathParam("orderId") UUID orderId);

    record Tracking(String channel, String externalId, String trackingNumber, String carrier) {
        static Tracking of(StepCall call) {
            return new Tracking(call.channel(), call.externalId(), call.shipment().trackingNumber(),
                    call.shipment().carrier());
        }
    }
}
