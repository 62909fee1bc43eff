package io.sluice.batch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.testing.Orders;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class BatchTest {

    @TestHTTPResource
    String url;
    @Inject
    TestBatches batches;

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

    private static void awaitSettled(String batch) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            JsonPath counts = given().get("/api/batches/" + batch).jsonPath().setRootPath("counts");
            return counts.getInt("handled") + counts.getInt("failed") + counts.getInt("cancelled") == counts
                    .getInt("total");
        });
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
        awaitSettled(batch);
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
        awaitSettled(batch);
        List<String> handled = ids.stream()
                .filter(id -> given().get("/api/orders/" + id).path("status").equals("HANDLED"))
                .toList();
        assertThat(handled).hasSizeBetween(5, 29);
        assertThat(printed(batch)).isEqualTo(handled);
    }

    /** Its counts do not change with that: nothing of it had begun, and nothing does. */
    @Test
    void batchAbortedBeforeItsTurn_isToldAsAborted() {
        Partners.set("printer", Map.of("latencyMs", 200));
        try (SseClient client = SseClient.open(url + "api/events")) {
            await().atMost(Duration.ofMinutes(1)).until(() -> client.status() == 200);
            String first = handle(post(20));
            String second = handle(post(3));
            given().post("/api/batches/" + second + "/abort").then().statusCode(202);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.events()
                            .stream()
                            .anyMatch(event -> event.type().equals("batch") && event.text("id").equals(second)
                                    && event.text("status").equals("ABORTED")));
            awaitSettled(first);
        }
    }

    private static void awaitStatus(String order, String status) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get("/api/orders/" + order).then().body("status", is(status)));
    }

    @Test
    void failedOrder_canBeHandledAgain_andNoStepIsRepeated() {
        List<String> ids = post(1);
        Partners.set("marketplace", Map.of("failureRate", 1));
        awaitSettled(handle(ids));
        given().get("/api/orders/" + ids.get(0))
                .then()
                .body("status", is("FAILED"))
                .body("step", is("send-tracking"));
        Partners.wellBehaved();
        awaitSettled(handle(ids));
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
        awaitSettled(batch);
        given().contentType("application/json")
                .body(Map.of("orderIds", ids))
                .post("/api/batches")
                .then()
                .statusCode(202)
                .body("status", equalTo("COMPLETED"))
                .body("rejected.size()", is(2))
                .body("rejected[0].reason", equalTo("It has been handled."));
    }

    @Test
    void preview_saysWhatCreatingDoes_andChangesNothing() {
        List<String> ids = post(4);
        String cancelled = ids.get(1);
        given().post("/api/orders/" + cancelled + "/cancel").then().statusCode(200);
        String alone = given().contentType("application/json").body(Orders.json("auto")).post("/api/orders").path("id");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get("/api/orders/" + alone).then().body("status", is("HANDLED")));
        Map<String, Object> request = Map.of("orderIds", List.of(ids.get(3), cancelled, alone, ids.get(0)),
                "printOrder", "any", "onFailure", "wait");
        JsonPath preview = given().contentType("application/json")
                .body(request)
                .post("/api/batches/preview")
                .then()
                .statusCode(200)
                .body("total", is(2))
                .body("printOrder", is("any"))
                .body("onFailure", is("wait"))
                .body("rejected.reason", is(List.of("It is cancelled.", "It has been handled.")))
                .body("rejectedTotal", is(2))
                .extract()
                .jsonPath();
        given().get("/api/orders/" + ids.get(0)).then().body("status", is("RECEIVED")).body("version", is(1));
        JsonPath batch = given().contentType("application/json")
                .body(request)
                .post("/api/batches")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        assertThat(batch.getInt("counts.total")).isEqualTo(preview.getInt("total"));
        assertThat(batch.<Object>get("rejected")).isEqualTo(preview.get("rejected"));
    }

    @Test
    void list_isNewestFirst_andPaged() {
        String older = handle(post(1));
        String newer = given().contentType("application/json")
                .header("X-Remote-User", "Ada")
                .body(Map.of("orderIds", post(1), "printOrder", "reversed"))
                .post("/api/batches")
                .path("id");
        JsonPath first = given().get("/api/batches?limit=1")
                .then()
                .body("items.id", is(List.of(newer)))
                .body("items[0].startedBy", is("Ada"))
                .body("items[0].printOrder", is("reversed"))
                .body("items[0].counts.total", is(1))
                .body("items[0].rejectedTotal", is(0))
                .body("items[0].rejected", nullValue())
                .extract()
                .jsonPath();
        given().get("/api/batches?limit=1&cursor=" + first.getString("nextCursor"))
                .then()
                .body("items.id", is(List.of(older)))
                .body("items[0].startedBy", is("api"));
        given().get("/api/batches?status=ABORTED&status=STOPPED")
                .then()
                .body("items.status", everyItem(oneOf("ABORTED", "STOPPED")));
        given().get("/api/batches?status=PREPARING").then().statusCode(422);
        given().get("/api/batches?cursor=x").then().statusCode(422);
    }

    @Test
    void items_areListedByPosition_andPaged() {
        List<String> ids = post(3);
        Partners.set("printer", Map.of("failureRate", 1));
        String batch = handle(ids);
        awaitSettled(batch);
        String items = "/api/batches/" + batch + "/items";
        JsonPath first = given().get(items + "?limit=2")
                .then()
                .body("items.position", is(List.of(1, 2)))
                .body("items.orderId", is(ids.subList(0, 2)))
                .body("items[0].status", is("FAILED"))
                .body("items[0].step", is("print-packing-slip"))
                .body("items[0].reason.code", is("partner-refused"))
                .body("items[0].outOfSequence", nullValue())
                .extract()
                .jsonPath();
        given().get(items + "?limit=2&cursor=" + first.getString("nextCursor"))
                .then()
                .body("items.orderId", is(ids.subList(2, 3)))
                .body("nextCursor", nullValue());
        given().get(items + "?status=HANDLED").then().statusCode(200).body("items", empty());
        given().get(items + "?cursor=-1").then().statusCode(422);
        given().get("/api/batches/" + UUID.randomUUID() + "/items").then().statusCode(404);
    }

    @Test
    void orderThatLeftForAnotherBatch_staysInTheFirstAsItWas() {
        List<String> ids = post(1);
        Partners.set("printer", Map.of("failureRate", 1));
        String first = handle(ids);
        awaitSettled(first);
        Partners.wellBehaved();
        String second = handle(ids);
        awaitSettled(second);
        given().get("/api/batches/" + second).then().body("counts.handled", is(1));
        given().get("/api/batches/" + first).then().body("counts.total", is(1)).body("counts.failed", is(1));
        given().get("/api/batches/" + first + "/items")
                .then()
                .body("items[0].status", is("FAILED"))
                .body("items[0].reason.code", is("partner-refused"));
        given().get("/api/orders/" + ids.get(0)).then().body("batchId", is(second));
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
