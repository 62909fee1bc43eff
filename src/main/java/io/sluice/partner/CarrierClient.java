package io.sluice.partner;

import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.sluice.order.Address;
import io.sluice.store.OrderView;
import io.smallrye.mutiny.Uni;

/** The carrier, as {@code docs/partners.md} describes it. */
@RegisterRestClient(configKey = "carrier")
@Path("/shipments")
@Consumes(MediaType.APPLICATION_JSON)
interface CarrierClient {

    @POST
    Uni<Response> create(@HeaderParam("Idempotency-Key") String key, ShipmentRequest shipment);

    record ShipmentRequest(UUID orderId, Address shipTo, String currency, String total, int items) {
        static ShipmentRequest of(StepCall call) {
            return new ShipmentRequest(call.orderId(), call.shipTo(), call.currency(), call.total(),
                    call.content().lines().stream().mapToInt(OrderView.LineView::quantity).sum());
        }
    }
}
