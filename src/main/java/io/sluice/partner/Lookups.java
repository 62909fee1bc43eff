package io.sluice.partner;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.sluice.json.TextRules;
import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.Shipment;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;

/** Asks partners what they have of an order. */
record Lookups(PartnerClients clients, Clock clock) {

    /**
     * The partner's answer about an order; a missing node if it knows nothing of it. Fails with {@link NotDone} and
     * whatever else ends a call.
     *
     * @param step the span of the step that asks, or null
     */
    Uni<JsonNode> of(Partner partner, UUID orderId, String step) {
        PartnerAnswer answer = new PartnerAnswer(partner, clock);
        return question(partner, orderId, step).map(answer::read)
                .onFailure(failure -> failure instanceof NotDone notDone && notDone.status() == 404)
                .recoverWithItem(MissingNode.getInstance());
    }

    /** What an earlier call of the step did; null if it did nothing. */
    Uni<StepResult> found(StepCall call) {
        return of(call.partner(), call.orderId(), call.traceparent()).map(json -> found(call, json));
    }

    /** All shipments that the carrier has of the order, void or not, oldest first. */
    Uni<List<JsonNode>> shipments(StepCall call) {
        return of(call.partner(), call.orderId(), call.traceparent())
                .map(json -> Member.ofOrder(json, "shipments", call.orderId()));
    }

    /** Nothing may be sent while it is not known what an earlier call did. */
    static NotDone stillUnknown(PartnerAnswer answer, Throwable failure) {
        StepResult result = answer.failure(failure);
        Reason reason = result.reason();
        String code = reason.code().equals(Reason.PARTNER_REFUSED) ? Reason.PARTNER_NO_ANSWER : reason.code();
        return new NotDone(new StepResult.NoAnswer(new Reason(code, "It is not known what came of the last call, and "
                + "asking did not help. " + reason.detail(), reason.httpStatus()),
                result instanceof StepResult.Unavailable unavailable ? unavailable.retryAfter() : null), 0);
    }

    private Uni<Response> question(Partner partner, UUID orderId, String step) {
        CallSpans spans = clients.spans(partner);
        return switch (partner.kind()) {
            case CARRIER ->
                spans.call("GET", "/shipments", step, trace -> clients.carrier(partner).find(trace, orderId));
            case PRINTER -> spans.call("GET", "/jobs", step, trace -> clients.printer(partner).find(trace, orderId));
            case MARKETPLACE ->
                spans.call("GET", "/orders/{orderId}", step,
                        trace -> clients.marketplace(partner).find(trace, orderId));
        };
    }

    private static StepResult found(StepCall call, JsonNode json) {
        return switch (call.step()) {
            case PRINT_PACKING_SLIP -> Member.ofOrder(json, "jobs", call.orderId())
                    .stream()
                    .findFirst()
                    .map(job -> found(call, null, "was asked and had printed the slip already."))
                    .orElse(null);
            case CREATE_SHIPMENT -> Member.ofOrder(json, "shipments", call.orderId())
                    .stream()
                    .filter(shipment -> !VoidShipments.isVoid(shipment))
                    .findFirst()
                    .map(shipment -> found(call, Member.shipment(shipment),
                            "was asked and had made the shipment already."))
                    .orElse(null);
            case SEND_TRACKING ->
                call.shipment().trackingNumber().equals(TextRules.strip(json.path("trackingNumber").asText("")))
                        ? found(call, null, "was asked and had the tracking number already.")
                        : null;
            case MARK_SHIPPED -> json.hasNonNull("shippedAt")
                    ? found(call, null, "was asked and had the order as shipped already.")
                    : null;
            case VOID_SHIPMENT -> throw new IllegalArgumentException("void-shipment looks for itself");
        };
    }

    private static StepResult found(StepCall call, Shipment shipment, String what) {
        return new StepResult.Done(shipment,
                new Reason(Reason.FOUND_AT_PARTNER, PartnerText.the(call.partner()) + " " + what, null));
    }
}
