package io.sluice.partner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Undoes, at the carrier, every shipment of an order. */
record VoidShipments(PartnerClients clients, Lookups lookups, Clock clock) {
    /** How often a shipment that may still be being created is asked for before there is none. */
    private static final int MAX_QUESTIONS = 3;
    /** Far more than an order ever has, and still few enough to be made void in one attempt. */
    private static final int MAX_SHIPMENTS = 10;
    /** Characters of an idempotency key that a partner must take. */
    private static final int MAX_KEY = 255;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]+");

    /** Fails with {@link NotDone} and whatever else ends a call. */
    Uni<StepResult> of(StepCall call) {
        PartnerAnswer answer = new PartnerAnswer(call.partner(), clock);
        Uni<List<JsonNode>> shipments = lookups.shipments(call);
        if (call.outcomeUnknown()) {
            shipments = shipments.onFailure().transform(failure -> Lookups.stillUnknown(answer, failure));
        }
        return shipments
                .chain(found -> found.isEmpty() ? Uni.createFrom().item(none(call)) : makeVoid(call, found, answer));
    }

    static boolean isVoid(JsonNode shipment) {
        return shipment.path("voided").asBoolean(false);
    }

    /** A call may still have its effect after its caller gave up. It is given as long as any call has. */
    private StepResult none(StepCall call) {
        if (call.outcomeUnknown() && call.attempt() < MAX_QUESTIONS) {
            return new StepResult.Unavailable(new Reason(Reason.SHIPMENT_NOT_FOUND_YET,
                    PartnerText.the(call.partner())
                            + " has no shipment of this order yet, but may still be making one.",
                    null),
                    Duration.ofMillis(clients.timeoutMs()));
        }
        return new StepResult.Done(null,
                new Reason(Reason.NO_SHIPMENT,
                        PartnerText.the(call.partner()) + " was asked and has no shipment of this order.", null));
    }

    /** One after the other; the first that cannot be made void ends it, and the next attempt goes on there. */
    private Uni<StepResult> makeVoid(StepCall call, List<JsonNode> shipments, PartnerAnswer answer) {
        if (shipments.size() > MAX_SHIPMENTS) {
            throw new PartnerAnswer.Garbled("lists " + shipments.size() + " shipments of one order");
        }
        List<String> open = shipments.stream()
                .filter(shipment -> !isVoid(shipment))
                .map(shipment -> Member.text(shipment, "trackingNumber"))
                .toList();
        return Multi.createFrom()
                .iterable(open)
                .onItem()
                .transformToUniAndConcatenate(trackingNumber -> makeVoid(call, trackingNumber, answer))
                .collect()
                .asList()
                .map(voided -> allVoid(call, shipments));
    }

    private Uni<JsonNode> makeVoid(StepCall call, String trackingNumber, PartnerAnswer answer) {
        return clients.spans(call.partner())
                .call("POST", "/shipments/{trackingNumber}/void", call.traceparent(),
                        trace -> clients.carrier(call.partner())
                                .makeVoid(trace, key(call, trackingNumber), call.sendBefore(), trackingNumber))
                .map(answer::read)
                .invoke(json -> {
                    if (!isVoid(json)) {
                        throw new PartnerAnswer.Garbled("does not say that the shipment is void");
                    }
                });
    }

    /** Some tracking numbers are too long for a header, or have characters that it cannot carry. */
    private static String key(StepCall call, String trackingNumber) {
        String key = call.idempotencyKey() + ":" + trackingNumber;
        return key.length() <= MAX_KEY && PRINTABLE.matcher(key).matches()
                ? key
                : call.idempotencyKey() + ":" + UUID.nameUUIDFromBytes(trackingNumber.getBytes(UTF_8));
    }

    private static StepResult allVoid(StepCall call, List<JsonNode> shipments) {
        List<String> numbers = shipments.stream().map(shipment -> Member.text(shipment, "trackingNumber")).toList();
        return new StepResult.Done(null, new Reason(Reason.SHIPMENT_VOIDED,
                PartnerText.clean("Void at the " + call.partner().inWords() + ": " + String.join(", ", numbers)),
                null));
    }
}
