package io.sluice.batch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.testing.Orders;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

/** Batches whose shipments run ahead of the printer, and what becomes of the sequence when something goes wrong. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestProfile(LaneTest.ShipmentsFirst.class)
class LaneTest {
    private static final int LOOK_AHEAD = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TestHTTPResource
    String url;
    @Inject
    TestBatches batches;

    public static class ShipmentsFirst implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.handling.steps", "create-shipment,print-packing-slip,send-tracking,mark-shipped",
                    "sluice.handling.look-ahead", Integer.toString(LOOK_AHEAD),
                    "sluice.handling.lane-patience", "500ms",
                    "sluice.handling.retry-delay", "3s",
                    "sluice.partners.probe-delay", "200ms",
                    "sluice.partners.probe-max-delay", "200ms",
                    "sluice.partners.resume-rate", "1000");
        }
    }

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    static List<String> post(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> given().contentType("application/json")
                        .body(Orders.json("manual"))
                        .post("/api/orders")
                        .<String>path("id"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String handle(List<String> ids, String printOrder, String onFailure) {
        return given().contentType("application/json")
                .body(Map.of("orderIds", ids, "printOrder", printOrder, "onFailure", onFailure))
                .post("/api/batches")
                .then()
                .statusCode(202)
                .body("status", is("RUNNING"))
                .extract()
                .path("id");
    }

    private static void until(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }

    private static void awaitEnd(String batch, String status) {
        until(() -> given().get("/api/batches/" + batch)
                .then()
                .body("status", is(status))
                .body("finishedAt", notNullValue()));
    }

    private static List<String> printed(Set<String> batches) {
        return Partners.printed()
                .stream()
                .filter(job -> batches.contains(Objects.toString(job.get("batchId"))))
                .map(job -> (String) job.get("orderId"))
                .toList();
    }

    private static List<String> printed(String batch) {
        return printed(Set.of(batch));
    }

    private static List<Map<String, Object>> items(String batch) {
        return given().get("/api/batches/" + batch + "/items?limit=200").jsonPath().getList("items");
    }

    private static Set<String> late(String batch) {
        return items(batch).stream()
                .filter(item -> Boolean.TRUE.equals(item.get("outOfSequence")))
                .map(item -> (String) item.get("orderId"))
                .collect(Collectors.toSet());
    }

    /** No slip lies under one that should have come later, unless it is marked; none came out twice. */
    private static void assertSequence(String batch, List<String> ids) {
        List<String> printed = printed(batch);
        assertThat(printed).doesNotHaveDuplicates();
        List<String> unmarked = new ArrayList<>(printed);
        unmarked.removeAll(late(batch));
        assertThat(unmarked).isSortedAccordingTo((a, b) -> ids.indexOf(a) - ids.indexOf(b));
    }

    @Test
    void shipmentsRunAhead_butNotTooFar() {
        List<String> ids = post(20);
        Partners.set("printer", Map.of("latencyMs", 100));
        String batch = handle(ids, "as-listed", "skip");
        awaitEnd(batch, "COMPLETED");
        assertThat(printed(batch)).isEqualTo(ids);
        int ahead = 0;
        for (int i = LOOK_AHEAD + 1; i < ids.size(); i++) {
            assertThat(time(ids.get(i), "create-shipment", "startedAt")).as("shipment %d begins", i + 1)
                    .isAfterOrEqualTo(time(ids.get(i - LOOK_AHEAD - 1), "print-packing-slip", "finishedAt"));
            ahead += time(ids.get(i), "create-shipment", "startedAt")
                    .isBefore(time(ids.get(i - 1), "print-packing-slip", "finishedAt")) ? 1 : 0;
        }
        assertThat(ahead).as("shipments begun before the slip before them was out").isGreaterThan(10);
    }

    private static Instant time(String order, String step, String field) {
        return Instant.parse(given().get("/api/orders/" + order + "/history")
                .path("attempts.find { it.step == '" + step + "' }." + field));
    }

    @Test
    void nextOrder_isClaimedWhileTheSlipAheadOfItIsPrinted() {
        List<String> ids = post(20);
        Partners.set("printer", Map.of("latencyMs", 100));
        String batch = handle(ids, "as-listed", "skip");
        awaitEnd(batch, "COMPLETED");
        assertThat(printed(batch)).isEqualTo(ids);
        // Most, not all: the first ones may not have come to the lane when the one ahead is printed.
        assertThat(claimedAhead(batch)).as("orders claimed before the slip ahead of them was written")
                .isGreaterThan(ids.size() / 2);
    }

    /** By the sequence of the event log, not by a clock. */
    private long claimedAhead(String batch) {
        return batches.number("""
                select count(*)
                from event_log claim join event_log record
                     on record.batch_id = claim.batch_id and record.step = claim.step
                        and record.position = claim.position - 1
                where claim.batch_id = ? and claim.step = 'print-packing-slip'
                  and claim.status = 'HANDLING' and claim.outcome is null and record.outcome = 'SUCCEEDED'
                  and (claim.xid, claim.id) < (record.xid, record.id)
                """, UUID.fromString(batch));
    }

    @Test
    void waitingBatch_goesOnOnceItsFailedOrderIsRetriedOrCancelled() {
        List<String> ids = post(8);
        Partners.set("carrier", Map.of("failureRate", 1));
        String batch = handle(ids, "as-listed", "wait");
        until(() -> given().get("/api/batches/" + batch).then().body("counts.failed", is(LOOK_AHEAD + 1)));
        Partners.wellBehaved();
        given().get("/api/batches/" + batch)
                .then()
                .body("status", is("RUNNING"))
                .body("counts.waiting", is(2))
                .body("waitsFor.orderId", is(ids.get(0)))
                .body("waitsFor.position", is(1))
                .body("waitsFor.status", is("FAILED"))
                .body("expectedBy", nullValue());
        given().post("/api/orders/" + ids.get(0) + "/cancel").then().statusCode(200);
        given().post("/api/orders/" + ids.get(1) + "/retry").then().statusCode(202);
        until(() -> assertThat(printed(batch)).containsExactly(ids.get(1)));
        given().get("/api/batches/" + batch).then().body("waitsFor.orderId", is(ids.get(2)));
        given().post("/api/batches/" + batch + "/retry").then().statusCode(202).body("id", is(batch));
        awaitEnd(batch, "COMPLETED");
        assertThat(printed(batch)).isEqualTo(ids.subList(1, ids.size()));
        assertThat(late(batch)).isEmpty();
        given().post("/api/batches/" + batch + "/retry").then().statusCode(409);
    }

    /** No order stands in the lane, and the orders behind start only near its cursor. */
    @ParameterizedTest
    @CsvSource({"skip, COMPLETED", "stop, STOPPED"})
    void ordersThatFailBeforeTheLane_keepNobodyFromStarting(String onFailure, String end) {
        List<String> ids = post(2 * LOOK_AHEAD + 4);
        Partners.set("carrier", Map.of("failureRate", 1));
        String batch = handle(ids, "as-listed", onFailure);
        awaitEnd(batch, end);
        assertThat(printed(batch)).isEmpty();
    }

    /** It is shown though an order ahead of it was cancelled. */
    @Test
    void waitingBatch_saysWhichFailedOrderItWaitsFor() {
        List<String> ids = post(8);
        Partners.set("carrier", Map.of("failureRate", 1));
        String batch = handle(ids, "as-listed", "wait");
        until(() -> given().get("/api/batches/" + batch).then().body("counts.failed", is(LOOK_AHEAD + 1)));
        Partners.wellBehaved();
        cancel(ids.get(0));
        until(() -> given().get("/api/batches/" + batch).then().body("waitsFor.orderId", is(ids.get(1))));
        given().post("/api/batches/" + batch + "/retry").then().statusCode(202);
        awaitEnd(batch, "COMPLETED");
        assertThat(printed(batch)).isEqualTo(ids.subList(1, ids.size()));
    }

    @Test
    void stoppedBatch_endsAtTheFailedOrder_andTheRestReturnsToWhereItWas() {
        List<String> ids = post(12);
        Partners.set("printer", Map.of("failureRate", 1));
        String batch = handle(ids, "as-listed", "stop");
        awaitEnd(batch, "STOPPED");
        assertThat(printed(batch)).isEmpty();
        given().get("/api/orders/" + ids.get(0)).then().body("status", is("FAILED")).body("batchId", is(batch));
        for (String id : ids.subList(1, ids.size())) {
            given().get("/api/orders/" + id).then().body("status", is("RECEIVED")).body("batchId", nullValue());
        }
        given().get("/api/batches/" + batch)
                .then()
                .body("counts.total", is(12))
                .body("counts.failed", is(1))
                .body("counts.waiting", is(11));
        given().post("/api/batches/" + batch + "/abort").then().statusCode(409);
        Partners.wellBehaved();
        given().post("/api/batches/" + batch + "/retry").then().statusCode(202).body("status", is("RUNNING"));
        awaitEnd(batch, "STOPPED");
        assertThat(printed(batch)).containsExactly(ids.get(0));
        List<String> rest = ids.subList(1, ids.size());
        String second = handle(rest, "as-listed", "stop");
        awaitEnd(second, "COMPLETED");
        assertThat(printed(second)).isEqualTo(rest);
        ids.forEach(id -> assertThat(Partners.shipments(id)).hasSize(1));
    }

    @Test
    void delayedOrders_areOvertaken_andTheirSlipsComeLaterMarked() {
        List<String> ids = post(20);
        Partners.set("carrier", Map.of("fault", "too-many-requests", "retryAfterSeconds", 3));
        String batch = handle(ids, "as-listed", "skip");
        until(() -> given().get("/api/batches/" + batch).then().body("counts.delayed", greaterThan(0)));
        Partners.wellBehaved();
        awaitEnd(batch, "COMPLETED");
        assertThat(printed(batch)).hasSameElementsAs(ids).isNotEqualTo(ids);
        assertThat(late(batch)).isNotEmpty().hasSizeLessThan(20);
        assertSequence(batch, ids);
    }

    /**
     * One printer is gone, one is behind a proxy that answers for it, one answers questions but is out of paper. An
     * order outside of the batch may be the one that finds out that it works again.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"as-listed | {\"down\": true} | true",
            "as-listed | {\"fault\": \"server-error\", \"faultOnLookups\": true} | true",
            "reversed | {\"fault\": \"server-error\"} | false"})
    void printerThatIsDown_stopsTheLane_andNoOrderIsOvertaken(String printOrder, String trouble, boolean anyMoment) {
        List<String> ids = post(16);
        List<String> expected = new ArrayList<>(ids);
        if (printOrder.equals("reversed")) {
            Collections.reverse(expected);
        }
        Partners.set("printer", Map.of("latencyMs", 100));
        String batch = handle(ids, printOrder, "skip");
        try (SseClient stream = SseClient.open(url + "api/events")) {
            until(() -> assertThat(printed(batch)).hasSizeGreaterThan(1));
            Partners.set("printer", trouble);
            until(() -> assertThat(told(stream, "DOWN")).isPositive());
            given().contentType("application/json")
                    .body(Orders.json("auto"))
                    .post("/api/orders")
                    .then()
                    .statusCode(202);
            until(() -> given().get("/api/partners")
                    .then()
                    .body("find { it.name == 'printer' }.heldOrders", greaterThan(1)));
            long tried = told(stream, "PROBING");
            until(() -> assertThat(told(stream, "PROBING")).isGreaterThan(tried + 8));
            assertThat(told(stream, "UP")).isZero();
            // In the middle of a probe, the order behind the first might be the one that finds out.
            until(() -> assertThat(anyMoment || last(stream).equals("DOWN")).isTrue());
        }
        Partners.wellBehaved();
        awaitEnd(batch, "COMPLETED");
        assertThat(printed(batch)).isEqualTo(expected);
        assertThat(late(batch)).isEmpty();
    }

    /** The printer answers it as a printer does that is down. */
    @ParameterizedTest
    @ValueSource(strings = {"server-error", "unavailable"})
    void slipThatThePrinterCannotPrint_isOvertaken(String fault) {
        List<String> ids = post(12);
        String poison = ids.get(2);
        Partners.set("printer", Map.of("fault", fault, "faultPrefix", poison));
        String batch = handle(ids, "as-listed", "skip");
        List<String> others = new ArrayList<>(ids);
        others.remove(poison);
        until(() -> assertThat(printed(batch)).isEqualTo(others));
        given().get("/api/orders/" + poison).then().body("status", not("HANDLED"));
        Partners.wellBehaved();
        given().post("/api/orders/" + poison + "/retry");
        awaitEnd(batch, "COMPLETED");
        others.add(poison);
        assertThat(printed(batch)).isEqualTo(others);
        assertThat(late(batch)).containsExactly(poison);
    }

    private static long told(SseClient stream, String state) {
        return told(stream).stream().filter(state::equals).count();
    }

    private static String last(SseClient stream) {
        List<String> told = told(stream);
        return told.get(told.size() - 1);
    }

    private static List<String> told(SseClient stream) {
        return stream.events()
                .stream()
                .filter(event -> event.type().equals("partner"))
                .map(event -> event.text("state"))
                .toList();
    }

    @Test
    void twoBatches_doNotInterleave() {
        List<String> first = post(15);
        List<String> second = post(15);
        Partners.set("printer", Map.of("latencyMs", 60));
        String a = handle(first, "as-listed", "skip");
        String b = handle(second, "reversed", "skip");
        given().get("/api/batches/" + b).then().body("waitsFor.batchId", is(a)).body("expectedBy", notNullValue());
        awaitEnd(b, "COMPLETED");
        List<String> expected = new ArrayList<>(first);
        List<String> bottomUp = new ArrayList<>(second);
        Collections.reverse(bottomUp);
        expected.addAll(bottomUp);
        assertThat(printed(Set.of(a, b))).isEqualTo(expected);
        assertThat(items(b).stream().map(item -> item.get("orderId"))).isEqualTo(second);
    }

    @Test
    void retriedOrders_printAfterABatchThatHasThePrinterMeanwhile() {
        List<String> first = post(4);
        Partners.set("printer", Map.of("failureRate", 1));
        String a = handle(first, "as-listed", "skip");
        awaitEnd(a, "COMPLETED");
        Partners.wellBehaved();
        Partners.set("printer", Map.of("latencyMs", 100));
        List<String> second = post(10);
        String b = handle(second, "as-listed", "skip");
        until(() -> assertThat(printed(b)).isNotEmpty());
        given().post("/api/batches/" + a + "/retry").then().statusCode(202);
        given().get("/api/batches/" + a).then().body("waitsFor.batchId", is(b));
        awaitEnd(a, "COMPLETED");
        List<String> expected = new ArrayList<>(second);
        expected.addAll(first);
        assertThat(printed(Set.of(a, b))).isEqualTo(expected);
    }

    @Test
    void abortedBatch_finishesWhatIsPrinted_andLetsTheRestGo() {
        List<String> ids = post(20);
        Partners.set("printer", Map.of("latencyMs", 150));
        String batch = handle(ids, "as-listed", "skip");
        until(() -> assertThat(printed(batch)).hasSizeGreaterThan(2));
        given().post("/api/batches/" + batch + "/abort").then().statusCode(202).body("status", is("ABORTED"));
        awaitEnd(batch, "ABORTED");
        List<String> printed = printed(batch);
        assertThat(printed).hasSizeLessThan(20).isEqualTo(ids.subList(0, printed.size()));
        printed.forEach(id -> given().get("/api/orders/" + id).then().body("status", is("HANDLED")));
        List<String> rest = ids.subList(printed.size(), ids.size());
        rest.forEach(id -> given().get("/api/orders/" + id).then().body("status", is("RECEIVED")));
        Partners.wellBehaved();
        String second = handle(rest, "as-listed", "skip");
        awaitEnd(second, "COMPLETED");
        assertThat(printed(second)).isEqualTo(rest);
        ids.forEach(id -> assertThat(Partners.shipments(id)).hasSize(1));
        given().post("/api/batches/" + batch + "/abort").then().statusCode(409);
        given().post("/api/batches/" + UUID.randomUUID() + "/abort").then().statusCode(404);
    }

    @Test
    void abortedBatch_staysAborted_whenAStepThatStillRanFails() {
        List<String> ids = post(3);
        Partners.set("printer", Map.of("latencyMs", 2000, "failureRate", 1));
        String batch = handle(ids, "any", "stop");
        until(() -> given().get("/api/batches/" + batch).then().body("counts.handling", is(3)));
        given().post("/api/batches/" + batch + "/abort").then().statusCode(202).body("status", is("ABORTED"));
        until(() -> given().get("/api/batches/" + batch).then().body("finishedAt", notNullValue()));
        given().get("/api/batches/" + batch).then().body("status", is("ABORTED")).body("counts.failed", is(3));
    }

    /** The retried order has passed the lane; the one whose step ran stands in it once more. */
    @Test
    void abortedBatchThatIsRetriedWhileAStepRuns_leavesNoOrderInTheLane() {
        List<String> ids = post(3);
        Partners.set("marketplace", Map.of("failureRate", 1));
        Partners.set("printer", Map.of("latencyMs", 1500));
        String batch = handle(ids, "as-listed", "skip");
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(NullPointerException.class)
                .until(() -> Partners.calls("printer", ids.get(1) + ":print-packing-slip") > 0);
        Partners.set("printer", Map.of("fault", "server-error"));
        until(() -> given().get("/api/orders/" + ids.get(0)).then().body("status", is("FAILED")));
        given().post("/api/batches/" + batch + "/abort").then().statusCode(202);
        given().post("/api/orders/" + ids.get(0) + "/retry").then().statusCode(202);
        until(() -> given().get("/api/orders/" + ids.get(1)).then().body("status", is("DELAYED")));
        Partners.wellBehaved();
        awaitEnd(batch, "ABORTED");
        given().get("/api/orders/" + ids.get(1)).then().body("status", is("HANDLED"));
    }

    @Test
    void nextBatch_waitsForTheSlipThatIsInThePrinter_whenABatchIsAborted() {
        List<String> first = post(6);
        List<String> second = post(3);
        Partners.set("printer", Map.of("latencyMs", 1500));
        String a = handle(first, "as-listed", "skip");
        until(() -> assertThat(Partners.calls("printer", first.get(0) + ":print-packing-slip")).isEqualTo(1));
        String b = handle(second, "as-listed", "skip");
        Partners.set("printer", Map.of("latencyMs", 10));
        given().post("/api/batches/" + a + "/abort").then().statusCode(202);
        awaitEnd(b, "COMPLETED");
        awaitEnd(a, "ABORTED");
        // The order behind the slip that was being printed may have been claimed already.
        List<String> ofFirst = printed(a);
        assertThat(ofFirst).hasSizeBetween(1, 2).isEqualTo(first.subList(0, ofFirst.size()));
        List<String> expected = new ArrayList<>(ofFirst);
        expected.addAll(second);
        assertThat(printed(Set.of(a, b))).isEqualTo(expected);
    }

    /** The one was printed for sure; whether the other was is not known. */
    @Test
    void slipOfACancelledOrder_marksThoseThatComeAfterIt() {
        List<String> ids = post(4);
        Partners.set("carrier", Map.of("failureRate", 1));
        String batch = handle(ids, "as-listed", "skip");
        awaitEnd(batch, "COMPLETED");
        Partners.wellBehaved();
        Partners.set("printer", Map.of("latencyMs", 1500));
        retry(ids.get(1));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(NullPointerException.class)
                .until(() -> Partners.calls("printer", ids.get(1) + ":print-packing-slip") > 0);
        cancel(ids.get(1));
        Partners.set("printer", Map.of("latencyMs", 20));
        retry(ids.get(0));
        awaitStatus(ids.get(0), "HANDLED");
        assertThat(late(batch)).containsExactly(ids.get(0));
        Partners.set("printer", Map.of("lostResponseRate", 1));
        retry(ids.get(3));
        awaitStatus(ids.get(3), "DELAYED");
        cancel(ids.get(3));
        Partners.wellBehaved();
        retry(ids.get(2));
        awaitStatus(ids.get(2), "HANDLED");
        assertThat(printed(batch)).containsExactly(ids.get(1), ids.get(0), ids.get(3), ids.get(2));
        assertThat(late(batch)).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
    }

    private static void retry(String order) {
        given().post("/api/orders/" + order + "/retry").then().statusCode(202);
    }

    private static void cancel(String order) {
        given().header("Prefer", "wait=30").post("/api/orders/" + order + "/cancel").then().statusCode(200);
    }

    private static void awaitStatus(String order, String status) {
        until(() -> given().get("/api/orders/" + order).then().body("status", is(status)));
    }

    @Test
    void batchWithoutSequence_needsNoLane() {
        List<String> ids = post(30);
        String batch = handle(ids, "any", "skip");
        awaitEnd(batch, "COMPLETED");
        assertThat(printed(batch)).hasSameElementsAs(ids).doesNotHaveDuplicates();
        assertThat(late(batch)).isEmpty();
    }

    @Test
    void batchEvents_tellCountsThatAddUp() {
        List<String> ids = post(25);
        Partners.set("carrier", Map.of("failureRate", 0.2));
        String batch = handle(ids, "as-listed", "skip");
        try (SseClient client = SseClient.resume(url + "api/events?batch=" + batch, "0-0")) {
            awaitEnd(batch, "COMPLETED");
            List<SseClient.Event> told = new ArrayList<>();
            until(() -> {
                told.clear();
                client.events().stream().filter(event -> event.type().equals("batch")).forEach(told::add);
                assertThat(told).isNotEmpty();
                assertThat(told.get(told.size() - 1).text("status")).isEqualTo("COMPLETED");
            });
            assertThat(told.size()).isGreaterThan(1);
            for (SseClient.Event event : told) {
                assertThat(event.text("id")).isEqualTo(batch);
                var counts = event.data().path("counts");
                int sum = 0;
                for (String part : List.of("waiting", "handling", "delayed", "handled", "failed", "cancelled")) {
                    sum += counts.path(part).asInt();
                }
                assertThat(sum).as("%s", event.data()).isEqualTo(25).isEqualTo(counts.path("total").asInt());
            }
        }
    }
}
