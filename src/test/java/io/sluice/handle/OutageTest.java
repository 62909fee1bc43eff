package io.sluice.handle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Orders;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class OutageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TestHTTPResource("/api/events")
    String events;

    @AfterEach
    void partnersAreBack() {
        Partners.wellBehaved();
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/partners").then().body("state", is(List.of("UP", "UP", "UP"))));
    }

    private static List<String> post(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(given().contentType("application/json").body(Orders.json("auto")).post("/api/orders").path("id"));
        }
        return ids;
    }

    private static String partner(String name, String field) {
        return given().get("/api/partners").path("find { it.name == '" + name + "' }." + field).toString();
    }

    private static void awaitAll(List<String> ids, String field, String value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> ids
                        .forEach(id -> given().get("/api/orders/" + id).then().body(field, is(value))));
    }

    private static List<Map<String, Object>> attempts(String id) {
        return given().get("/api/orders/" + id + "/history").jsonPath().getList("attempts");
    }

    private static long spent(String id) {
        return attempts(id).stream().filter(a -> List.of("FAILED", "UNKNOWN").contains(a.get("outcome"))).count();
    }

    @Test
    void partnerDown_holdsItsOrdersAtNoCost_tellsEverybody_andTheyGoOnWhenItIsBack() {
        try (SseClient stream = SseClient.open(events)) {
            await().atMost(PATIENCE).until(() -> stream.status() == 200);
            Partners.set("carrier", Map.of("down", true));
            List<String> ids = post(30);
            awaitAll(ids, "reason.code", "partner-down");
            ids.forEach(id -> given().get("/api/orders/" + id)
                    .then()
                    .body("status", is("DELAYED"))
                    .body("step", is("create-shipment"))
                    .body("reason.detail", startsWith("The carrier is down; the order goes on when it works again.")));
            await().atMost(PATIENCE)
                    .until(() -> Integer.parseInt(partner("carrier", "heldOrders")) >= 30);
            assertThat(partner("carrier", "state")).isIn("DOWN", "PROBING");
            assertThat(Double.parseDouble(partner("carrier", "failureRate"))).isPositive();
            assertThat(ids.stream().mapToLong(OutageTest::spent).sum())
                    .as("attempts that all thirty spent until it was known")
                    .isLessThan(10);
            await().atMost(PATIENCE)
                    .until(() -> stream.events()
                            .stream()
                            .filter(e -> e.type().equals("partner") && e.text("name").equals("carrier"))
                            .map(e -> e.text("state"))
                            .toList()
                            .containsAll(List.of("DOWN", "PROBING")));
            Partners.wellBehaved();
            awaitAll(ids, "status", "HANDLED");
            ids.forEach(id -> assertThat(Partners.shipments(id)).hasSize(1));
            await().atMost(PATIENCE)
                    .until(() -> stream.events()
                            .stream()
                            .anyMatch(e -> e.type().equals("partner") && e.text("state").equals("UP")
                                    && e.data().get("heldOrders").asInt() == 0));
        }
    }

    @Test
    void ordersOfOtherPartners_goOn() {
        Partners.set("marketplace", Map.of("latencyMs", 3000));
        List<String> ahead = post(5);
        awaitAll(ahead, "step", "send-tracking");
        Partners.set("carrier", Map.of("down", true));
        List<String> held = post(10);
        awaitAll(held, "reason.code", "partner-down");
        awaitAll(ahead, "status", "HANDLED");
        given().get("/api/partners").then().body("find { it.name == 'marketplace' }.state", is("UP"));
        held.forEach(id -> given().get("/api/orders/" + id).then().body("status", is("DELAYED")));
    }

    @Test
    void lostAnswers_areAskedAfter_andWhatIsFoundIsAdopted() {
        Partners.set("carrier", Map.of("lostResponseRate", 1));
        List<String> ids = post(2);
        ids.forEach(id -> await().atMost(PATIENCE)
                .until(() -> attempts(id).stream().anyMatch(a -> a.get("outcome").equals("UNKNOWN"))));
        // Whether the orders go on by a look-up of their own or of a probe: nothing is sent a second time.
        awaitAll(ids, "status", "HANDLED");
        ids.forEach(id -> {
            given().get("/api/orders/" + id + "/history")
                    .then()
                    .body("attempts.findAll { it.outcome == 'SUCCEEDED' }.reason.code", hasItems("found-at-partner"));
            assertThat(Partners.calls("carrier", id + ":create-shipment")).isEqualTo(1);
        });
    }

    @Test
    void tooManyRequests_isWaitedOutAsThePartnerAsks_andDoesNotCountAsDown() {
        Partners.set("carrier", Map.of("fault", "too-many-requests", "retryAfterSeconds", 3));
        List<String> ids = post(6);
        awaitAll(ids, "reason.code", "partner-unavailable");
        given().get("/api/partners").then().body("find { it.name == 'carrier' }.state", is("UP"));
        Partners.wellBehaved();
        awaitAll(ids, "status", "HANDLED");
    }

    @Test
    void partnerWithoutHeldOrders_staysDown_untilItAnswers() {
        try (SseClient stream = SseClient.open(events)) {
            await().atMost(PATIENCE).until(() -> stream.status() == 200);
            Partners.set("carrier", Map.of("down", true));
            List<String> ids = post(8);
            awaitAll(ids, "reason.code", "partner-down");
            // One of them may just be trying the partner, and is cancelled when that has ended.
            ids.forEach(id -> given().post("/api/orders/" + id + "/cancel").then().statusCode(anyOf(is(200), is(202))));
            long before = told(stream, "PROBING");
            await().atMost(PATIENCE).until(() -> told(stream, "PROBING") >= before + 2);
            assertThat(told(stream, "UP")).as("tellings that it is back").isZero();
        }
    }

    private static long told(SseClient stream, String state) {
        return stream.events()
                .stream()
                .filter(e -> e.type().equals("partner") && e.text("name").equals("carrier")
                        && e.text("state").equals(state))
                .count();
    }
}
