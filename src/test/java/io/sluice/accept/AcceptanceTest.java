package io.sluice.accept;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testing.Api;
import io.sluice.testing.OrderRequest;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class AcceptanceTest {

    private static String someId() {
        return "A-" + UUID.randomUUID();
    }

    @Test
    void accepted_isDurableAndToldWhereItIs() {
        Response answer = Api.send(order().manual());
        answer.then()
                .statusCode(202)
                .header("Retry-After", notNullValue())
                .header("Location", is("/api/orders/" + answer.path("id")))
                .body("status", is("RECEIVED"))
                .body("version", is(1))
                .body("queuePosition", nullValue());
        String stored = given().get(answer.header("Location")).then().statusCode(200).extract().asString();
        assertThat(stored).isEqualTo(answer.asString());
    }

    @ParameterizedTest
    @CsvSource({"JPY, 1250, 2500", "EUR, 12.5, 25.00", "KWD, 1.125, 2.250"})
    void total_isAtTheCurrencysScale(String currency, String price, String total) {
        Api.send(order().manual().currency(currency).line("Punch cards", price))
                .then()
                .statusCode(202)
                .body("total", is(total));
    }

    @Test
    void sameExternalIdAndContent_isTheSameOrder() {
        String externalId = someId();
        String id = Api.post(order().manual().externalId(externalId));
        Api.send(order().manual().externalId(externalId)).then().statusCode(200).body("id", is(id));
        Api.send(order().manual().externalId(externalId).line("Punch cards", "12.50"))
                .then()
                .statusCode(200)
                .body("id", is(id));
    }

    @Test
    void order_isFoundByWhatPeopleHaveInTheirHands() {
        String channel = "found-" + System.nanoTime();
        String id = Api.post(Api.order().with("channel", channel).with("externalId", "A%B-77"));
        Api.awaitStatus(UUID.fromString(id), "HANDLED");
        String tracking = Api.get(UUID.fromString(id)).extract().path("trackingNumber");
        String carriers = tracking.substring(0, 4) + "-" + tracking.substring(4).toLowerCase(Locale.ROOT);
        String inGroups = String.join(" ", tracking.split("(?<=\\G.{4})"));
        for (String search : List.of(tracking, carriers, inGroups, id, id.replace("-", ""), id.substring(0, 13),
                id.replace('-', 'ß'), id.replace('-', '\''), "a%b77", "b77 a%b")) {
            given().queryParam("channel", channel)
                    .queryParam("q", search)
                    .get("/api/orders")
                    .then()
                    .body("items.id", is(List.of(id)));
        }
        for (String search : List.of("a_b", "a%%b", "_", "-", "nothing")) {
            given().queryParam("channel", channel)
                    .queryParam("q", search)
                    .get("/api/orders")
                    .then()
                    .body("items", empty());
        }
    }

    @Test
    void blanksAroundIdsAndTheCaseOfChannels_doNotMatter() {
        String externalId = someId();
        String id = Api.post(order().manual().channel("kiosk").externalId(externalId));
        Api.send(order().manual().channel(" Kiosk ").externalId("\t" + externalId + "\u00a0"))
                .then()
                .statusCode(200)
                .body("id", is(id))
                .body("externalId", is(externalId));
        given().get("/api/orders?channel=KIOSK&q=" + externalId).then().body("items.id", is(List.of(id)));
    }

    @Test
    void placedTomorrow_isTaken_butSortsAsNow() {
        String channel = "k" + UUID.randomUUID();
        String ahead = Api.post(
                order().manual()
                        .channel(channel)
                        .with("placedAt", Instant.now().plus(Duration.ofHours(20)).toString()));
        String later = Api.post(order().manual().channel(channel));
        given().get("/api/orders?channel=" + channel).then().body("items.id", is(List.of(later, ahead)));
    }

    @Test
    void everythingThatShopsSend_isKeptAndReturned() {
        Map<String, String> shipTo = Map.of("name", "João", "company", "Padaria", "street", "Av. Paulista, 1578\r\n12º",
                "district", "Bela Vista", "city", "São Paulo", "state", "SP", "postalCode", "01310-200", "country",
                "BR", "phone", "+55 11");
        Response answer = Api.send(order().manual()
                .with("shipTo", shipTo)
                .with("adjustments",
                        List.of(Map.of("label", "Shipping", "amount", "4.9"),
                                Map.of("label", "Voucher", "amount", "-5")))
                .with("total", "24.90")
                .with("note", "Happy birthday!\nGranny")
                .with("metadata", Map.of("gclid", " x ", "cart", "7")));
        answer.then()
                .statusCode(202)
                .body("shipTo.street", is("Av. Paulista, 1578\n12º"))
                .body("shipTo.district", is("Bela Vista"))
                .body("adjustments.amount", is(List.of("4.90", "-5.00")))
                .body("total", is("24.90"))
                .body("note", is("Happy birthday!\nGranny"))
                .body("metadata.gclid", is(" x "));
        String stored = given().get(answer.header("Location")).then().statusCode(200).extract().asString();
        assertThat(stored).isEqualTo(answer.asString());
        given().get("/orders/" + answer.path("id"))
                .then()
                .statusCode(200)
                .body(containsString("São Paulo-SP"), containsString("01310-200"), containsString("+55 11"),
                        containsString("Shipping"), containsString("-5.00 EUR"), containsString("Granny"),
                        containsString("gclid"));
    }

    @Test
    void wrongTotal_tellsTheComputedSum() {
        Api.send(order().manual().with("total", "26.00"))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", is(List.of("/total")))
                .body("detail", containsString("add up to 25.00 EUR"));
    }

    @Test
    void orderOfTenThousandLines_isHandled() {
        List<Map<String, Object>> lines = IntStream.range(0, 10_000)
                .mapToObj(i -> Map.<String, Object>of("sku", "S" + i, "title", "Mug " + i, "quantity", 1, "unitPrice",
                        "1"))
                .toList();
        Api.send(order().preferWait(30).with("lines", lines)).then().statusCode(200).body("status", is("HANDLED"));
    }

    @Test
    void sameExternalIdAndOtherContent_is409() {
        String externalId = someId();
        Api.post(order().manual().externalId(externalId));
        Api.send(order().manual().externalId(externalId).line("Paper tape", "12.5"))
                .then()
                .statusCode(409)
                .contentType("application/problem+json");
    }

    @Test
    void sameExternalIdFiftyTimesAtOnce_isOneOrder() {
        OrderRequest order = order().manual().externalId(someId());
        Set<Object> ids = ConcurrentHashMap.newKeySet();
        List<Integer> codes = IntStream.range(0, 50).parallel().mapToObj(i -> Api.send(order)).map(answer -> {
            ids.add(answer.path("id"));
            return answer.statusCode();
        }).toList();
        assertThat(ids).hasSize(1);
        assertThat(codes).containsOnly(200, 202).containsOnlyOnce(202);
    }

    @Test
    void idempotencyKey_replaysTheSameAnswer() {
        String key = someId();
        OrderRequest order = order().withoutExternalId().header("Idempotency-Key", key);
        Response first = Api.send(order);
        first.then().statusCode(202).header("Idempotency-Replayed", nullValue());
        Response second = Api.send(order);
        second.then().statusCode(202).header("Idempotency-Replayed", is("true"));
        assertThat(second.asString()).isEqualTo(first.asString());
        Api.send(order.customer("Eda Lovelace")).then().statusCode(422).contentType("application/problem+json");
    }

    @Test
    void idempotencyKey_isRememberedWithTheAnswerForAKnownOrder() {
        OrderRequest order = order().manual().externalId(someId());
        Api.send(order).then().statusCode(202);
        String key = someId();
        OrderRequest again = order.header("Idempotency-Key", key);
        Response first = Api.send(again);
        first.then().statusCode(200).header("Idempotency-Replayed", nullValue());
        Response second = Api.send(again);
        second.then().statusCode(200).header("Idempotency-Replayed", is("true"));
        assertThat(second.asString()).isEqualTo(first.asString());
        Api.send(again.externalId(someId())).then().statusCode(422).body("detail", containsString("another body"));
    }

    @Test
    void idempotencyKey_isRememberedWithAConflict() {
        String taken = someId();
        Api.send(order().manual().externalId(taken)).then().statusCode(202);
        OrderRequest other = order().manual().customer("Grace Hopper").header("Idempotency-Key", someId());
        String detail = Api.send(other.externalId(taken))
                .then()
                .statusCode(409)
                .header("Idempotency-Replayed", nullValue())
                .extract()
                .path("detail");
        Api.send(other.externalId(taken))
                .then()
                .statusCode(409)
                .header("Idempotency-Replayed", is("true"))
                .body("detail", is(detail));
        Api.send(other.externalId(someId())).then().statusCode(422).body("detail", containsString("another body"));
    }

    @Test
    void idempotencyKey_isFreeForACorrectedRequest() {
        OrderRequest order = order().manual().header("Idempotency-Key", someId());
        Api.send(order.currency("XYZ")).then().statusCode(422);
        Api.send(order.currency("EUR")).then().statusCode(202);
    }

    @Test
    void idempotencyKeyFiftyTimesAtOnce_isOneOrder() {
        String key = someId();
        OrderRequest order = order().manual().withoutExternalId().header("Idempotency-Key", key);
        List<Response> answers = IntStream.range(0, 50).parallel().mapToObj(i -> Api.send(order)).toList();
        assertThat(answers).extracting(Response::statusCode).containsOnly(202);
        assertThat(answers.stream().map(Response::asString).distinct()).hasSize(1);
    }

    @Test
    void preferWait_holdsUntilHandled() {
        Api.send(order().preferWait(30))
                .then()
                .statusCode(200)
                .header("Preference-Applied", is("wait=30"))
                .body("status", is("HANDLED"));
    }

    /** RFC 7240, section 4.3, allows a wait of 0. */
    @Test
    void preferWaitOfNothing_isAnsweredAtOnce() {
        String id = Api.send(order().manual().preferWait(0))
                .then()
                .statusCode(202)
                .header("Preference-Applied", is("wait=0"))
                .extract()
                .path("id");
        given().header("Prefer", "wait=0")
                .header("If-None-Match", Api.get(id).extract().header("ETag"))
                .get("/api/orders/" + id)
                .then()
                .statusCode(304);
    }

    /** RFC 3629, section 3: a character has one form, the shortest. */
    @Test
    void overlongUtf8_isNotUtf8() {
        byte[] body = order().customer("Z??Z").json().getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '?' && body[i + 1] == '?') {
                body[i] = (byte) 0xC0;
                body[i + 1] = (byte) 0xAF;
            }
        }
        given().contentType("application/json")
                .body(body)
                .post("/api/orders")
                .then()
                .statusCode(400)
                .body("detail", containsString("not UTF-8"));
    }

    @Test
    void preferWait_timeIsUp_is202() {
        Api.send(order().manual().header("Prefer", "respond-async, wait=1"))
                .then()
                .statusCode(202)
                .header("Preference-Applied", is("wait=1"))
                .body("status", is("RECEIVED"));
    }

    @Test
    void preferWait_timeIsUp_tellsTheOrderAsItIsThen() {
        Partners.set("printer", Map.of("latencyMs", 5000));
        try {
            Api.send(order().preferWait(2)).then().statusCode(202).body("status", is("HANDLING"));
        } finally {
            Partners.wellBehaved();
        }
    }

    @Test
    void etag_sameVersion_is304_andALongPollWaitsForTheNext() {
        Response accepted = Api.send(order().manual());
        String path = accepted.header("Location");
        given().header("If-None-Match", accepted.header("ETag")).get(path).then().statusCode(304);
        given().header("If-None-Match", accepted.header("ETag"))
                .header("Prefer", "wait=1")
                .get(path)
                .then()
                .statusCode(304);
        Api.batch(List.of(accepted.<String>path("id"))).create();
        given().header("If-None-Match", accepted.header("ETag"))
                .header("Prefer", "wait=30")
                .get(path)
                .then()
                .statusCode(200);
    }
}
