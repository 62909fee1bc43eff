package io.sluice.demo;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class DemoResourceTest {

    @Test
    void count_thatManyOrders() {
        post("{\"count\": 12, \"handling\": \"auto\", \"channel\": \"kiosk\"}").statusCode(201)
                .body("orderIds", hasSize(12));
    }

    @Test
    void sameSeedTwice_newOrdersBothTimes() {
        post("{\"count\": 3, \"seed\": 42}").statusCode(201).body("orderIds", hasSize(3));
        post("{\"count\": 3, \"seed\": 42}").statusCode(201).body("orderIds", hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"count\": 0}", "{\"count\": 1001}", "{\"count\": 1, \"handling\": \"soon\"}",
            "{\"count\": 1, \"channel\": \"a b\"}", "{\"count\": 1, \"channel\": \"kiosk\", \"sead\": 1}"})
    void outOfBounds_namesTheField(String body) {
        post(body).statusCode(422).body("errors[0].pointer", notNullValue());
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json").body(body).post("/api/demo/orders").then();
    }
}
