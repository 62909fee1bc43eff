package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

class CarrierTest extends SimulatorTestBase {

    @Test
    void shipment_newKey_createdAndListed() {
        Partners.Answer answer = partners.createShipment("o-1");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("trackingNumber")).isNotBlank();
        assertThat(answer.text("carrier")).isNotBlank();
        Partners.Answer listed = partners.get("/simulator/carrier/shipments");
        assertThat(listed.body()).hasSize(1);
        assertThat(listed.body().get(0).fieldNames()).toIterable()
                .containsExactly("orderId", "trackingNumber", "idempotencyKey", "at", "carrier", "voided");
        assertThat(listed.texts("orderId")).containsExactly("o-1");
        assertThat(listed.texts("trackingNumber")).containsExactly(answer.text("trackingNumber"));
        assertThat(listed.texts("idempotencyKey")).containsExactly("o-1:create-shipment");
        assertThat(Instant.parse(listed.texts("at").get(0))).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void shipment_sameKeyTwice_oneShipment() {
        Partners.Answer first = partners.createShipment("o-1");
        Partners.Answer second = partners.createShipment("o-1");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(partners.get("/simulator/carrier/shipments").body()).hasSize(1);
    }

    @Test
    void shipment_sameKeyInParallel_oneShipment() {
        partners.set("carrier", "{\"latencyMs\": 50}");
        List<CompletableFuture<Partners.Answer>> calls = IntStream.range(0, 50)
                .mapToObj(i -> partners.createShipmentAsync("o-1"))
                .toList();

        assertThat(calls).extracting(call -> call.join().status()).containsOnlyOnce(201).contains(200);
        assertThat(partners.get("/simulator/carrier/shipments").body()).hasSize(1);
    }

    @Test
    void shipment_otherKeySameOrder_secondShipmentIsVisible() {
        partners.createShipment("o-1");
        partners.call("POST", "/carrier/shipments", "another", Partners.shipment("o-1"));

        assertThat(partners.get("/simulator/carrier/shipments?orderId=o-1").texts("trackingNumber"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void shipment_keyOfAnotherOrder_refused() {
        partners.createShipment("o-1");

        Partners.Answer answer = partners.call("POST", "/carrier/shipments", "o-1:create-shipment",
                Partners.shipment("o-2"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(partners.get("/simulator/carrier/shipments?orderId=o-2").body()).isEmpty();
    }

    @Test
    void shipment_withoutKey_badRequest() {
        Partners.Answer answer = partners.call("POST", "/carrier/shipments", null, Partners.shipment("o-1"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).contains("Idempotency-Key");
    }

    @Test
    void shipment_incompleteAddress_everyGapNamed() {
        Partners.Answer answer = partners.call("POST", "/carrier/shipments", "k", """
                {"orderId": "o-1", "shipTo": {"name": "Ada", "street": " ", "city": "London", "country": "GB"},
                 "currency": "GBP", "total": "1.00", "items": 0}""");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.texts("pointer"))
                .containsExactlyInAnyOrder("/shipTo/street", "/shipTo/postalCode", "/items");
    }

    @Test
    void lookUp_byReference_onlyThatOrder() {
        Partners.Answer created = partners.createShipment("o-1");
        partners.createShipment("o-2");

        Partners.Answer found = partners.get("/carrier/shipments?reference=o-1");

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.texts("trackingNumber")).containsExactly(created.text("trackingNumber"));
        assertThat(found.body().at("/shipments/0/orderId").textValue()).isEqualTo("o-1");
        assertThat(found.body().at("/shipments/0/voided").booleanValue()).isFalse();
        assertThat(partners.get("/carrier/shipments?reference=o-9").body().path("shipments")).isEmpty();
        assertThat(partners.get("/carrier/shipments").status()).isEqualTo(400);
    }

    @Test
    void makeVoid_repeated_voidedAndStillListed() {
        String path = "/carrier/shipments/" + partners.createShipment("o-1").text("trackingNumber") + "/void";

        assertThat(partners.call("POST", path, "o-1:void", null).body().path("voided").booleanValue()).isTrue();
        assertThat(partners.call("POST", path, "o-1:void", null).status()).isEqualTo(200);

        assertThat(partners.get("/carrier/shipments?reference=o-1").body().at("/shipments/0/voided").booleanValue())
                .isTrue();
        Partners.Answer listed = partners.get("/simulator/carrier/shipments?orderId=o-1");
        assertThat(listed.body()).hasSize(1);
        assertThat(listed.body().at("/0/voided").booleanValue()).isTrue();
        Partners.Answer voids = partners.get("/simulator/carrier/voids");
        assertThat(voids.body()).hasSize(1);
        assertThat(voids.body().get(0).fieldNames()).toIterable()
                .containsExactly("orderId", "trackingNumber", "idempotencyKey", "at", "carrier");
        assertThat(voids.texts("idempotencyKey")).containsExactly("o-1:void");
        assertThat(partners.get("/simulator/carrier/voids?orderId=o-2").body()).isEmpty();
    }

    @Test
    void makeVoid_oneOfTwo_otherStaysValid() {
        String first = partners.createShipment("o-1").text("trackingNumber");
        String second = partners.call("POST", "/carrier/shipments", "another", Partners.shipment("o-1"))
                .text("trackingNumber");

        makeVoid(first, "o-1:void");

        assertThat(partners.get("/simulator/carrier/shipments").body())
                .extracting(shipment -> shipment.path("trackingNumber").textValue() + shipment.path("voided"))
                .containsExactly(first + true, second + false);
    }

    @Test
    void makeVoid_otherKeyOrNone_voidStill() {
        String tracking = partners.createShipment("o-1").text("trackingNumber");
        makeVoid(tracking, "o-1:void");

        assertThat(makeVoid(tracking, "another").status()).isEqualTo(200);
        assertThat(makeVoid(tracking, null).status()).isEqualTo(200);
        assertThat(makeVoid(tracking, null).body().path("voided").booleanValue()).isTrue();
        assertThat(makeVoid(tracking, " ").status()).isEqualTo(400);
    }

    @Test
    void makeVoid_keyOfTheShipment_refused() {
        String tracking = partners.createShipment("o-1").text("trackingNumber");

        assertThat(makeVoid(tracking, "o-1:create-shipment").status()).isEqualTo(422);
        assertThat(partners.get("/simulator/carrier/voids").body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"failureRate, 1, 400", "down, true, 503", "fault, '\"server-error\"', 500"})
    void makeVoid_partnerMisbehaves_noTrace(String member, String value, int status) {
        String tracking = partners.createShipment("o-1").text("trackingNumber");
        JsonNode before = partners.get("/simulator/partners/carrier").body();
        partners.set("carrier", "{\"%s\": %s}".formatted(member, value));

        assertThat(makeVoid(tracking, "o-1:void").status()).isEqualTo(status);

        partners.set("carrier", before.toString());
        assertThat(partners.get("/simulator/carrier/voids").body()).isEmpty();
        assertThat(partners.get("/carrier/shipments?reference=o-1").body().at("/shipments/0/voided").booleanValue())
                .isFalse();
    }

    @Test
    void makeVoid_answerLost_lookUpShowsIt() {
        String tracking = partners.createShipment("o-1").text("trackingNumber");
        partners.set("carrier", "{\"lostResponseRate\": 1, \"latencyMs\": 20}");

        assertThatThrownBy(() -> makeVoid(tracking, "o-1:void")).hasCauseInstanceOf(IOException.class);

        assertThat(partners.get("/carrier/shipments?reference=o-1").body().at("/shipments/0/voided").booleanValue())
                .isTrue();
    }

    @Test
    void makeVoid_unknownTrackingNumber_notFound() {
        assertThat(partners.call("POST", "/carrier/shipments/LP1/void", "k", null).status()).isEqualTo(404);
    }

    @Test
    void inspection_moreThanOneSlice_completeAndInOrder() {
        List<String> orderIds = IntStream.range(0, 1201).mapToObj(i -> "o-" + i).toList();
        orderIds.forEach(partners::createShipment);

        assertThat(partners.get("/simulator/carrier/shipments").texts("orderId")).isEqualTo(orderIds);
    }

    private Partners.Answer makeVoid(String trackingNumber, String key) {
        return partners.call("POST", "/carrier/shipments/" + trackingNumber + "/void", key, null);
    }
}
