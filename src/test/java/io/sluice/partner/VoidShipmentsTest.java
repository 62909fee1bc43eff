package io.sluice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.Reason;
import io.sluice.order.Step;
import io.sluice.order.StepResult;
import io.sluice.testing.SluiceServices;
import io.vertx.core.Vertx;

/** Undoing the shipment of a cancelled order. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class VoidShipmentsTest {
    private static final long LONG = 60_000;

    @Inject
    PartnerCalls calls;

    @Inject
    Vertx vertx;

    private final UUID orderId = UUID.randomUUID();

    @Test
    void shipment_isVoidAtTheCarrier_andAgainThatIsFine() {
        String trackingNumber = ((StepResult.Done) Calls.result(calls, Calls.first(Step.CREATE_SHIPMENT, orderId)))
                .shipment()
                .trackingNumber();
        StepResult.Done isVoid = new StepResult.Done(null,
                new Reason(Reason.SHIPMENT_VOIDED, "Void at the carrier: " + trackingNumber, null));

        assertThat(Calls.result(calls, Calls.first(Step.VOID_SHIPMENT, orderId))).isEqualTo(isVoid);
        assertThat(Calls.result(calls, Calls.first(Step.VOID_SHIPMENT, orderId))).isEqualTo(isVoid);
    }

    @Test
    void everyShipmentThatIsNotVoid_isVoidedWithAKeyOfItsOwn() throws IOException {
        try (HostilePartner carrier = listing(shipment("LP1", false), shipment("LP2", true),
                shipment("L/3 %?", false))) {
            StepResult.Done done = (StepResult.Done) voided(carrier, 1, false);

            assertThat(done.note().detail()).isEqualTo("Void at the carrier: LP1, LP2, L/3 %?");
            assertThat(carrier.lines()).containsExactly("GET /shipments?reference=" + orderId,
                    "POST /shipments/LP1/void", "POST /shipments/L%2F3%20%25%3F/void");
            assertThat(carrier.requests().get(1))
                    .containsIgnoringCase("\r\nIdempotency-Key: " + orderId + ":void-shipment:LP1\r\n");
        }
    }

    @Test
    void trackingNumberThatNoHeaderCanCarry_hasAKeyThatDoes() throws IOException {
        String number = "9".repeat(Member.MAX_TEXT);
        try (HostilePartner carrier = listing(shipment(number, false), shipment("Ж1", false))) {
            assertThat(voided(carrier, 1, false)).isInstanceOf(StepResult.Done.class);

            assertThat(carrier.requests()).hasSize(3);
            assertThat(carrier.lines().get(1)).isEqualTo("POST /shipments/" + number + "/void");
            assertThat(carrier.requests().subList(1, 3)).allMatch(request -> request.toLowerCase(Locale.ROOT)
                    .contains("\r\nidempotency-key: " + orderId + ":void-shipment:"))
                    .noneMatch(request -> request.contains(":void-shipment:9999"));
        }
    }

    @Test
    void noShipment_isDone() {
        StepResult.Done done = (StepResult.Done) Calls.result(calls, Calls.first(Step.VOID_SHIPMENT, orderId));

        assertThat(done.note().code()).isEqualTo(Reason.NO_SHIPMENT);
    }

    @ParameterizedTest
    @CsvSource({"1, shipment-not-found-yet", "2, shipment-not-found-yet", "3, no-shipment"})
    void shipmentThatMayStillBeMade_isAskedForAgain(int attempt, String code) {
        StepResult result = Calls.result(calls, Calls.call(Step.VOID_SHIPMENT, orderId, attempt, true));

        if (attempt < 3) {
            assertThat(((StepResult.Unavailable) result).reason().code()).isEqualTo(code);
        } else {
            assertThat(((StepResult.Done) result).note().code()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409})
    void refusal_saysWhy(int status) throws IOException {
        try (HostilePartner carrier = new HostilePartner((request, out) -> {
            if (request.startsWith("GET")) {
                out.answer(200, "", list(shipment("LP1", false)));
            } else {
                out.answer(status, "", "{\"detail\":\"Collected already\"}");
            }
        })) {
            assertThat(voided(carrier, 1, false)).isEqualTo(new StepResult.Refused(new Reason(Reason.PARTNER_REFUSED,
                    "The carrier answered " + status + ": Collected already.", status)));
        }
    }

    @Test
    void answerThatDoesNotSayVoid_isGarbled() throws IOException {
        try (HostilePartner carrier = new HostilePartner((request, out) -> out.answer(200, "",
                request.startsWith("GET") ? list(shipment("LP1", false)) : shipment("LP1", false)))) {
            assertThat(((StepResult.NoAnswer) voided(carrier, 1, false)).reason().code())
                    .isEqualTo(Reason.PARTNER_GARBLED);
        }
    }

    @Test
    void absurdNumberOfShipments_isGarbled() throws IOException {
        String[] many = IntStream.range(0, 100).mapToObj(i -> shipment("LP" + i, false)).toArray(String[]::new);
        try (HostilePartner carrier = listing(many)) {
            assertThat(((StepResult.NoAnswer) voided(carrier, 1, false)).reason().code())
                    .isEqualTo(Reason.PARTNER_GARBLED);
            assertThat(carrier.requests()).hasSize(1);
        }
    }

    @Test
    void carrierThatCannotBeAsked_isUnavailable_orLeavesTheOutcomeUnknown() throws IOException {
        try (HostilePartner carrier = HostilePartner.answering(503, "", "")) {
            assertThat(voided(carrier, 1, false)).isInstanceOf(StepResult.Unavailable.class);
            assertThat(voided(carrier, 1, true)).isInstanceOf(StepResult.NoAnswer.class);
        }
    }

    private StepResult voided(HostilePartner carrier, int attempt, boolean unknown) {
        return Calls.result(Calls.to(carrier.uri(), vertx, LONG),
                Calls.call(Step.VOID_SHIPMENT, orderId, attempt, unknown));
    }

    private HostilePartner listing(String... shipments) {
        return new HostilePartner((request, out) -> out.answer(200, "",
                request.startsWith("GET") ? list(shipments) : shipment("LP", true)));
    }

    private static String list(String... shipments) {
        return "{\"shipments\": [" + String.join(",", shipments) + "]}";
    }

    private String shipment(String trackingNumber, boolean voided) {
        return "{\"trackingNumber\": \"%s\", \"carrier\": \"L\", \"orderId\": \"%s\", \"voided\": %b}"
                .formatted(trackingNumber, orderId, voided);
    }
}
