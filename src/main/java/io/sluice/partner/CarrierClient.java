package io.sluice.partner;

import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.sluice.address.AddressLine;
import io.sluice.address.PostalAddress;
import io.sluice.order.Address;
import io.sluice.store.OrderView;
import io.sluice.tracing.Traceparent;
import io.smallrye.mutiny.Uni;

/** The carrier, as {@code docs/partners.md} describes it. */
@Path("/shipments")
@Consumes(MediaType.APPLICATION_JSON)
interface CarrierClient {

    @POST
    Uni<Response> create(@HeaderParam(Traceparent.HEADER) String traceparent,
            @HeaderParam("Idempotency-Key") String key, @HeaderParam(SendDeadline.HEADER) long sendBefore,
            ShipmentRequest shipment);

    @GET
    Uni<Response> find(@HeaderParam(Traceparent.HEADER) String traceparent, @QueryParam("reference") UUID orderId);

    @POST
    @Path("/{trackingNumber}/void")
    Uni<Response> makeVoid(@HeaderParam(Traceparent.HEADER) String traceparent,
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam(SendDeadline.HEADER) long sendBefore,
            @PathParam("trackingNumber") String trackingNumber);

    /**
     * A parcel to send.
     *
     * @param addressLines the address as the post of its country wants it, without the country
     */
    record ShipmentRequest(UUID orderId, Address shipTo, List<String> addressLines, String currency, String total,
            int items) {
        static ShipmentRequest of(StepCall call) {
            List<String> addressLines = PostalAddress.lines(call.shipTo(), call.shipTo().country())
                    .stream()
                    .map(AddressLine::text)
                    .toList();
            return new ShipmentRequest(call.orderId(), call.shipTo(), addressLines, call.currency(), call.total(),
                    call.content().lines().stream().mapToInt(OrderView.LineView::quantity).sum());
        }
    }
}
