package io.sluice.partner;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.order.Reason;
import io.sluice.order.Shipment;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;

/** Carries steps out at the partners. What comes of it is always a {@link StepResult}, never an exception. */
@ApplicationScoped
public class PartnerCalls {
    private final CarrierClient carrier;
    private final PrinterClient printer;
    private final MarketplaceClient marketplace;

    PartnerCalls(@RestClient CarrierClient carrier, @RestClient PrinterClient printer,
            @RestClient MarketplaceClient marketplace) {
        this.carrier = carrier;
        this.printer = printer;
        this.marketplace = marketplace;
    }

    public Uni<StepResult> call(StepCall call) {
        PartnerAnswer answer = new PartnerAnswer(call.step().partner());
        return Uni.createFrom()
                .deferred(() -> send(call))
                .map(response -> answer.read(response, json -> done(call, json)))
                .onFailure()
                .recoverWithItem(answer::failure);
    }

    private Uni<Response> send(StepCall call) {
        String key = call.idempotencyKey();
        return switch (call.step()) {
            case PRINT_PACKING_SLIP -> printer.print(key, PrinterClient.PrintJob.of(call));
            case CREATE_SHIPMENT -> carrier.create(key, CarrierClient.ShipmentRequest.of(call));
            case SEND_TRACKING -> marketplace.sendTracking(key, call.orderId(), new MarketplaceClient.Tracking(
                    call.channel(), call.externalId(), call.shipment().trackingNumber(), call.shipment().carrier()));
            case MARK_SHIPPED -> marketplace.markShipped(key, call.orderId(), Map.of());
            case VOID_SHIPMENT -> throw new UnsupportedOperationException("not yet");
        };
    }

    private static StepResult done(StepCall call, JsonNode answer) {
        return switch (call.step()) {
            case CREATE_SHIPMENT ->
                new StepResult.Done(new Shipment(text(answer, "trackingNumber"), text(answer, "carrier")), null);
            case PRINT_PACKING_SLIP, SEND_TRACKING, MARK_SHIPPED, VOID_SHIPMENT -> StepResult.Done.PLAIN;
        };
    }

    private static String text(JsonNode answer, String field) {
        String text = answer.path(field).asText("");
        if (text.isBlank() || text.length() > 100 || text.indexOf('\0') >= 0) {
            throw new PartnerAnswer.Garbled("has no usable " + field);
        }
        return text;
    }

    /** For a worker's own mistakes, which must not look like a partner's. */
    public static StepResult internal(Throwable failure) {
        return new StepResult.Unavailable(
                new Reason(Reason.INTERNAL, "The worker could not carry the step out: " + failure + ".", null), null);
    }
}
