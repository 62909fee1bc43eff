package io.sluice.handle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Orders;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class HandlingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    private static String post() {
        return given().contentType("application/json").body(Orders.json("auto")).post("/api/orders").path("id");
    }

    private static void awaitStatus(String id, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/orders/" + id).then().body("status", is(status)));
    }

    private static List<String> outcomes(String id) {
        return given().get("/api/orders/" + id + "/history").jsonPath().getList("attempts.outcome");
    }

    @Test
    void refusal_failsWithThePartnersReason_andNothingFollows() {
        Partners.set("carrier", Map.of("failureRate", 1));
        String id = post();
        awaitStatus(id, "FAILED");
        given().get("/api/orders/" + id)
                .then()
                .body("step", is("create-shipment"))
                .body("reason.code", is("partner-refused"))
                .body("reason.detail", startsWith("The carrier answered 400: "));
        assertThat(outcomes(id)).containsExactly("SUCCEEDED", "FAILED");
        given().get("/api/orders/" + id + "/history")
                .then()
                .body("attempts[1].reason.httpStatus", is(400))
                .body("attempts[1].actor", containsString("-"));
        assertThat(Partners.shipments(id)).isEmpty();
    }

    @Test
    void outage_delaysWithReason_andIsOvercome() {
        Partners.set("marketplace", Map.of("down", true));
        String id = post();
        awaitStatus(id, "DELAYED");
        given().get("/api/orders/" + id)
                .then()
                .body("reason.code", is("partner-unavailable"))
                .body("reason.detail", startsWith("The marketplace answered 503"));
        Partners.wellBehaved();
        awaitStatus(id, "HANDLED");
        assertThat(outcomes(id)).contains("FAILED").endsWith("SUCCEEDED", "SUCCEEDED");
        assertThat(Partners.shipments(id)).hasSize(1);
    }

    @Test
    void lostAnswer_isUnknown_andTheEffectHappensOnce() {
        Partners.set("carrier", Map.of("lostResponseRate", 1));
        String id = post();
        await().atMost(PATIENCE).until(() -> outcomes(id).contains("UNKNOWN"));
        Partners.wellBehaved();
        awaitStatus(id, "HANDLED");
        assertThat(Partners.shipments(id)).hasSize(1);
    }
}
