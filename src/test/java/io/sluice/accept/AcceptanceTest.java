package io.sluice.accept;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
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
import io.sluice.testing.Orders;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class AcceptanceTest {

    private static Response post(String order) {
        return given().contentType("application/json").body(order).post("/api/orders");
    }

    private static Response post(String order, String key) {
        return given().contentType("application/json").header("Idempotency-Key", key).body(order).post("/api/orders");
    }

    private static String someId() {
        return "A-" + UUID.randomUUID();
    }

    @Test
    void accepted_isDurableAndToldWhereItIs() {
        Response answer = post(Orders.json("manual"));
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
        String order = Orders.json("manual").replace("EUR", currency).replace("\"12.5\"", "\"" + price + "\"");
        post(order).then().statusCode(202).body("total", is(total));
    }

    @Test
    void sameExternalIdAndContent_isTheSameOrder() {
        String externalId = someId();
        String id = post(Orders.json("manual", externalId)).path("id");
        post(Orders.json("manual", externalId)).then().statusCode(200).body("id", is(id));
        String sameOtherwiseWritten = Orders.json("manual", externalId).replace("12.5", "12.50").replace("\n", " ");
        post(sameOtherwiseWritten).then().statusCode(200).body("id", is(id));
    }

    @Test
    void sameExternalIdAndOtherContent_is409() {
        String externalId = someId();
        post(Orders.json("manual", externalId)).then().statusCode(202);
        post(Orders.json("manual", externalId).replace("Punch cards", "Paper tape")).then()
                .statusCode(409)
                .contentType("application/problem+json");
    }

    @Test
    void sameExternalIdFiftyTimesAtOnce_isOneOrder() {
        String order = Orders.json("manual", someId());
        Set<Object> ids = ConcurrentHashMap.newKeySet();
        List<Integer> codes = IntStream.range(0, 50).parallel().mapToObj(i -> post(order)).map(answer -> {
            ids.add(answer.path("id"));
            return answer.statusCode();
        }).toList();
        assertThat(ids).hasSize(1);
        assertThat(codes).containsOnly(200, 202).containsOnlyOnce(202);
    }

    @Test
    void idempotencyKey_replaysTheSameAnswer() {
        String key = someId();
        String order = Orders.json("auto").replaceFirst("\"externalId\": \"[^\"]*\",", "");
        Response first = post(order, key);
        first.then().statusCode(202).header("Idempotency-Replayed", nullValue());
        Response second = post(order, key);
        second.then().statusCode(202).header("Idempotency-Replayed", is("true"));
        assertThat(second.asString()).isEqualTo(first.asString());
        post(order.replace("Ada", "Eda"), key).then().statusCode(422).contentType("application/problem+json");
    }

    @Test
    void idempotencyKeyFiftyTimesAtOnce_isOneOrder() {
        String key = someId();
        String order = Orders.json("manual").replaceFirst("\"externalId\": \"[^\"]*\",", "");
        Set<Object> ids = ConcurrentHashMap.newKeySet();
        List<Integer> codes = IntStream.range(0, 50).parallel().mapToObj(i -> post(order, key)).map(answer -> {
            if (answer.statusCode() == 202) {
                ids.add(answer.path("id"));
            }
            return answer.statusCode();
        }).toList();
        assertThat(ids).hasSize(1);
        assertThat(codes).isSubsetOf(202, 409);
    }

    @Test
    void preferWait_holdsUntilHandled() {
        given().contentType("application/json")
                .header("Prefer", "wait=30")
                .body(Orders.json("auto"))
                .post("/api/orders")
                .then()
                .statusCode(200)
                .header("Preference-Applied", is("wait=30"))
                .body("status", is("HANDLED"));
    }

    @Test
    void preferWait_timeIsUp_is202() {
        given().contentType("application/json")
                .header("Prefer", "respond-async, wait=1")
                .body(Orders.json("manual"))
                .post("/api/orders")
                .then()
                .statusCode(202)
                .header("Preference-Applied", is("wait=1"))
                .body("status", is("RECEIVED"));
    }

    @Test
    void etag_sameVersion_is304_andALongPollWaitsForTheNext() {
        Response accepted = post(Orders.json("manual"));
        String path = accepted.header("Location");
        given().header("If-None-Match", accepted.header("ETag")).get(path).then().statusCode(304);
        given().header("If-None-Match", accepted.header("ETag"))
                .header("Prefer", "wait=1")
                .get(path)
                .then()
                .statusCode(304);
        given().contentType("application/json")
                .body("{\"orderIds\": [\"" + accepted.path("id") + "\"]}")
                .post("/api/batches");
        given().header("If-None-Match", accepted.header("ETag"))
                .header("Prefer", "wait=30")
                .get(path)
                .then()
                .statusCode(200);
    }
}
