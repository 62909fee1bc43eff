package io.sluice.batch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Orders;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class BatchTest {

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    private static List<String> post(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(given().contentType("application/json").body(Orders.json("manual")).post("/api/orders").path("id"));
        }
        return ids;
    }

    private static String handle(List<String> ids) {
        return given().contentType("application/json")
                .body(Map.of("orderIds", ids, "printOrder", "as-listed"))
                .post("/api/batches")
                .then()
                .statusCode(202)
                .body("counts.total", is(ids.size()))
                .extract()
                .path("id");
    }

    private static void awaitCompleted(String batch) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> given().get("/api/batches/" + batch).then().body("status", is("COMPLETED")));
    }

    /** What all steps of these orders took, added up. */
    private static Duration oneAfterTheOther(List<String> ids) {
        return Duration.ofMillis(ids.stream()
                .flatMap(id -> given().get("/api/orders/" + id + "/history")
                        .jsonPath()
                        .<Integer>getList("attempts.durationMs")
                        .stream())
                .mapToInt(Integer::intValue)
                .sum());
    }

    private static List<String> printed(String batch) {
        return Partners.printed()
                .stream()
                .filter(job -> batch.equals(job.get("batchId")))
                .map(job -> (String) job.get("orderId"))
                .toList();
    }

    @Test
    void slips_comeOutInTheOrderOfTheList_whileOtherStepsRunInParallel() {
        List<String> ids = post(40);
        Collections.shuffle(ids, new Random(40));
        List.of("carrier", "printer", "marketplace").forEach(p -> Partners.set(p, Map.of("latencyMs", 100)));
        long start = System.nanoTime();
        String batch = handle(ids);
        awaitCompleted(batch);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(printed(batch)).isEqualTo(ids);
        assertThat(took.multipliedBy(2)).as("twice the time it took, against one step after the other")
                .isLessThan(oneAfterTheOther(ids));
        given().get("/api/batches/" + batch).then().body("counts.handled", is(40));
    }

    @Test
    void failedOrders_giveWay_andTheRestKeepsItsOrder() {
        List<String> ids = post(30);
        Partners.set("printer", Map.of("latencyMs", 20, "failureRate", 0.3));
        String batch = handle(ids);
        awaitCompleted(batch);
        List<String> handled = ids.stream()
                .filter(id -> given().get("/api/orders/" + id).path("status").equals("HANDLED"))
                .toList();
        assertThat(handled).hasSizeBetween(5, 29);
        assertThat(printed(batch)).isEqualTo(handled);
    }

    @Test
    void failedOrder_canBeHandledAgain_andNoStepIsRepeated() {
        List<String> ids = post(1);
        Partners.set("marketplace", Map.of("failureRate", 1));
        awaitCompleted(handle(ids));
        given().get("/api/orders/" + ids.get(0))
                .then()
                .body("status", is("FAILED"))
                .body("step", is("send-tracking"));
        Partners.wellBehaved();
        awaitCompleted(handle(ids));
        given().get("/api/orders/" + ids.get(0)).then().body("status", is("HANDLED"));
        assertThat(Partners.shipments(ids.get(0))).hasSize(1);
        assertThat(given().get("/api/orders/" + ids.get(0) + "/history").jsonPath().<String>getList("attempts.outcome"))
                .containsExactly("SUCCEEDED", "SUCCEEDED", "FAILED", "SUCCEEDED", "SUCCEEDED");
    }

    @Test
    void ordersThatCannotBeHandled_areNamed_andSpoilNothing() {
        List<String> ids = post(2);
        String unknown = UUID.randomUUID().toString();
        String batch = given().contentType("application/json")
                .body(Map.of("orderIds", List.of(ids.get(0), unknown, ids.get(1))))
                .post("/api/batches")
                .then()
                .statusCode(202)
                .body("counts.total", is(2))
                .body("rejected[0].orderId", equalTo(unknown))
                .body("rejected[0].reason", equalTo("There is no such order."))
                .extract()
                .path("id");
        awaitCompleted(batch);
        given().contentType("application/json")
                .body(Map.of("orderIds", ids))
                .post("/api/batches")
                .then()
                .body("rejected.size()", is(2))
                .body("rejected[0].reason", equalTo("It has been handled."));
    }

    @Test
    void badRequests_areNamed() {
        given().contentType("application/json")
                .body("{\"orderIds\": [\"17\"], \"printOrder\": \"sideways\", \"colour\": \"red\"}")
                .post("/api/batches")
                .then()
                .statusCode(422)
                .body("errors.pointer", is(List.of("/orderIds/0", "/printOrder", "/colour")));
        given().contentType("application/json").body("{\"orderIds\": []}").post("/api/batches").then().statusCode(422);
        given().get("/api/batches/" + UUID.randomUUID()).then().statusCode(404);
    }
}
