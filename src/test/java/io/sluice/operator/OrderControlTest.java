package io.sluice.operator;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Requester;
import io.sluice.http.IfMatch;
import io.sluice.order.HandlingRules;
import io.sluice.outbox.Relay;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;
import io.sluice.testing.TappedDatabase;
import io.vertx.core.Vertx;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class OrderControlTest {
    @Inject
    AgroalDataSource database;
    @Inject
    OrderControlTable table;
    @Inject
    AuditLog audit;
    @Inject
    Relay relay;
    @Inject
    HandlingRules rules;
    @Inject
    Vertx vertx;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    /** A worker skips a locked order: whoever waits for the lock would hide the order that another retry has queued. */
    @Test
    void retry_doesNotWaitForALock() throws SQLException {
        Partners.set("carrier", Map.of("failureRate", 1));
        String id = Api.post(Api.order());
        Api.awaitStatus(UUID.fromString(id), "FAILED");
        Partners.wellBehaved();
        try (Connection other = database.getConnection();
                PreparedStatement lock = other
                        .prepareStatement("select from order_state where order_id = ? for update")) {
            other.setAutoCommit(false);
            lock.setObject(1, UUID.fromString(id));
            lock.execute();
            Api.act(id, "retry").then().statusCode(409).body("detail", containsString("Try again"));
            other.rollback();
        }
        Api.act(id, "retry").then().statusCode(202);
        Api.awaitStatus(UUID.fromString(id), "HANDLED");
    }

    /** Takes each action {@code times} times, all at once; returns the status codes of the answers. */
    private static List<Integer> atOnce(String id, int times, String... actions) {
        ExecutorService threads = Executors.newFixedThreadPool(times * actions.length);
        List<String> calls = new ArrayList<>();
        for (String action : actions) {
            calls.addAll(Collections.nCopies(times, action));
        }
        Collections.shuffle(calls);
        List<CompletableFuture<Integer>> answers = calls.stream()
                .map(action -> CompletableFuture.supplyAsync(() -> Api.act(id, action).statusCode(), threads))
                .toList();
        List<Integer> codes = answers.stream().map(CompletableFuture::join).toList();
        threads.shutdown();
        return codes;
    }

    private static List<String> steps(String id, String outcome) {
        return Api.history(id)
                .extract()
                .jsonPath()
                .getList("attempts.findAll { it.outcome == '" + outcome + "' }.step");
    }

    private static List<Boolean> voided(String id) {
        return Partners.shipments(id).stream().map(shipment -> (Boolean) shipment.get("voided")).toList();
    }

    private static String failedAt(String partner) {
        Partners.set(partner, Map.of("failureRate", 1));
        String id = Api.post(order());
        Api.awaitStatus(id, "FAILED");
        return id;
    }

    @Test
    void retry_resumesAtTheFailedStep_onceHoweverOftenItIsAsked() {
        String id = failedAt("carrier");
        Partners.wellBehaved();
        assertThat(atOnce(id, 50, "retry")).containsOnlyOnce(202).filteredOn(code -> code == 409).hasSize(49);
        Api.awaitStatus(id, "HANDLED");
        assertThat(steps(id, "SUCCEEDED"))
                .containsExactly("print-packing-slip", "create-shipment", "send-tracking", "mark-shipped");
        assertThat(Partners.shipments(id)).hasSize(1);
    }

    @Test
    void retry_ofAnOrderThatHasNotFailed_isAConflict() {
        String id = Api.post(order().manual());
        Api.act(id, "retry")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", is("Order " + id + " is RECEIVED and cannot become QUEUED."));
        Api.act(UUID.randomUUID(), "retry").then().statusCode(404);
    }

    @Test
    void cancel_beforeAnythingWasDone_isDoneAtOnce() {
        String id = Api.post(order().manual());
        Api.act(id, "cancel")
                .then()
                .statusCode(200)
                .body("status", is("CANCELLED"))
                .body("step", nullValue())
                .body("version", is(2));
        Api.act(id, "cancel").then().statusCode(200).body("version", is(2));
        assertThat(Api.act(id, "retry").statusCode()).isEqualTo(409);
    }

    @Test
    void cancel_ofAHandledOrder_isAConflict() {
        String id = Api.post(order());
        Api.awaitStatus(id, "HANDLED");
        Api.act(id, "cancel")
                .then()
                .statusCode(409)
                .body("detail", startsWith("Order " + id + " is HANDLED"));
        Api.act(UUID.randomUUID(), "cancel").then().statusCode(404);
    }

    @Test
    void cancel_whileAStepRuns_letsItEnd_andVoidsTheShipment() {
        Partners.set("carrier", Map.of("latencyMs", 1500));
        String id = Api.post(order());
        Api.awaitField(id, "step", "create-shipment");
        Api.awaitStatus(id, "HANDLING");
        Api.act(id, "cancel").then().statusCode(202).body("status", is("HANDLING"));
        given().header("Prefer", "wait=30")
                .post("/api/orders/" + id + "/cancel")
                .then()
                .statusCode(200)
                .header("Preference-Applied", is("wait=30"))
                .body("status", is("CANCELLED"));
        await().atMost(PATIENCE).until(() -> voided(id).equals(List.of(true)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(steps(id, "SUCCEEDED"))
                        .containsExactly("print-packing-slip", "create-shipment", "void-shipment"));
        Api.get(id).body("status", is("CANCELLED")).body("step", nullValue());
    }

    @Test
    void cancel_whoseVoidIsRefused_saysSo_andCanBeAskedForAgain() {
        String id = failedAt("marketplace");
        Partners.wellBehaved();
        Partners.set("carrier", Map.of("failureRate", 1));
        assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(200);
        Api.awaitField(id, "reason.code", "partner-refused");
        Api.get(id).body("status", is("CANCELLED")).body("step", is("void-shipment"));
        Partners.wellBehaved();
        assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> voided(id).equals(List.of(true)));
    }

    @Test
    void retriesAndCancelsAtOnce_haveOneEffect() {
        String id = failedAt("marketplace");
        List<Integer> codes = atOnce(id, 25, "retry", "cancel");
        assertThat(codes.stream().filter(code -> code == 202 || code == 200 || code == 409)).hasSize(50);
        Api.awaitStatus(id, "CANCELLED");
        await().atMost(PATIENCE).until(() -> voided(id).equals(List.of(true)));
        await().atMost(PATIENCE).until(() -> steps(id, "SUCCEEDED").contains("void-shipment"));
        assertThat(steps(id, "SUCCEEDED")).doesNotHaveDuplicates();
    }

    @Test
    void cancelledOrderOfABatch_isPassedOver() {
        Partners.set("printer", Map.of("latencyMs", 1000));
        List<String> ids = Api.post(4, order().manual());
        Api.batch(ids).create();
        // The second one may have been claimed ahead.
        assertThat(Api.act(ids.get(2), "cancel").statusCode()).isEqualTo(200);
        Api.awaitStatus(ids.get(3), "HANDLED");
        assertThat(Partners.printed().stream().map(job -> job.get("orderId")).filter(ids::contains))
                .isEqualTo(List.of(ids.get(0), ids.get(1), ids.get(3)));
    }

    @Test
    void history_tellsWhoRetriedAndCancelled() {
        Partners.set("printer", Map.of("failureRate", 1));
        String id = Api.post(order());
        Api.awaitStatus(id, "FAILED");
        given().header("X-Remote-User", "Grace").post("/api/orders/" + id + "/retry").then().statusCode(202);
        await().atMost(PATIENCE).until(() -> Api.history(id).extract().path("attempts.size()"), is(2));
        assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(200);
        assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(200);
        Api.history(id)
                .body("actions.action", is(List.of("RETRY", "CANCEL")))
                .body("actions.actor", is(List.of("Grace", "api")));
    }

    @Test
    void cancelsOfARunningStep_areInTheHistoryOnce() {
        Partners.set("printer", Map.of("latencyMs", 1500));
        String id = Api.post(order());
        await().atMost(PATIENCE)
                .until(() -> Partners.calls("printer", id + ":print-packing-slip") > 0);
        assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(202);
        assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(202);
        Api.awaitStatus(id, "CANCELLED");
        Api.history(id).body("actions.action", is(List.of("CANCEL")));
    }

    /** The failure is written while the retry waits: it has an older transaction id, but not yet the order. */
    @Test
    void retry_inTheMomentInWhichTheOrderFails_keepsTheSequenceOfItsEvents() throws SQLException {
        Partners.set("printer", Map.of("latencyMs", 1500, "failureRate", 1));
        String id = Api.post(order().manual());
        Api.batch(List.of(id)).onFailure("wait").create();
        await().atMost(PATIENCE)
                .until(() -> Partners.calls("printer", id + ":print-packing-slip") > 0);
        String lock = "/* lock order */";
        try (TappedDatabase tapped = new TappedDatabase(vertx)) {
            tapped.holdAt(lock);
            CompletableFuture<Boolean> retried = new OrderControl(table, audit, rules, relay, tapped.pool())
                    .retry(UUID.fromString(id), IfMatch.ABSENT, Requester.service("test"))
                    .subscribeAsCompletionStage();
            tapped.awaitHeld(lock);
            Api.awaitStatus(id, "FAILED");
            Partners.wellBehaved();
            tapped.release();
            assertThat(retried.join()).isTrue();
        }
        Api.awaitStatus(id, "HANDLED");
        int last = Api.get(id).extract().path("version");
        assertThat(queried("select version from event_log where order_id = ?::uuid order by xid, id", id))
                .isEqualTo(IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList());
    }

    @Test
    void cancel_withAShipmentThatMayExist_asksForItThreeTimes() throws SQLException {
        List<String> ids = Api.post(2, order().manual());
        for (String id : ids) {
            update("update order_state set status = 'FAILED', step = 'create-shipment', outcome_unknown = true,"
                    + " reason_code = 'x', reason_detail = 'y' where order_id = ?::uuid", id);
            assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(200);
        }
        for (String id : ids) {
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> Api.history(id)
                            .body("attempts.outcome", is(List.of("FAILED", "FAILED", "SUCCEEDED")))
                            .body("attempts[2].reason.code", is("no-shipment")));
        }
    }

    @Test
    void streamOfACancelledOrder_isOver_whateverIsUndoneLater() {
        String id = failedAt("marketplace");
        String url = "http://localhost:" + RestAssured.port + "/api/orders/" + id + "/events";
        try (SseClient stream = SseClient.open(url)) {
            await().atMost(PATIENCE).until(() -> !stream.events().isEmpty());
            assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> stream.status() == 204);
            assertThat(stream.events().stream().filter(event -> event.text("status").equals("CANCELLED"))).hasSize(1);
        }
        await().atMost(PATIENCE).until(() -> voided(id).equals(List.of(true)));
    }

    @Test
    void cancelledOrder_isNeverHandled_evenIfItShouldBecomeDue() throws SQLException {
        String id = Api.post(order().manual());
        assertThat(Api.act(id, "cancel").statusCode()).isEqualTo(200);
        update("update order_state set due_at = now() where order_id = ?::uuid", id);
        String alsoDue = Api.post(order().manual());
        update("update order_state set status = 'DELAYED', reason_code = 'x', due_at = now() where order_id = ?::uuid",
                alsoDue);
        Api.awaitStatus(alsoDue, "HANDLED");
        Api.get(id).body("status", is("CANCELLED")).body("version", is(2));
        update("update order_state set due_at = null where order_id = ?::uuid", id);
    }

    @Test
    void logTells_whoAsked() throws SQLException {
        Partners.set("printer", Map.of("failureRate", 1));
        String retried = Api.post(order());
        Api.awaitStatus(retried, "FAILED");
        Partners.wellBehaved();
        ask(retried, "retry", "Ada");
        Api.awaitStatus(retried, "HANDLED");
        String rested = Api.post(order().manual());
        ask(rested, "cancel", "Grace");
        Partners.set("carrier", Map.of("latencyMs", 1500));
        String running = Api.post(order());
        Api.awaitField(running, "step", "create-shipment");
        Api.awaitStatus(running, "HANDLING");
        ask(running, "cancel", "Joan");
        ask(running, "cancel", "Another person");
        Api.awaitStatus(running, "CANCELLED");

        assertThat(logged("actor", retried, "QUEUED")).contains("Ada");
        assertThat(logged("actor", rested, "CANCELLED")).containsExactly("Grace");
        assertThat(logged("requested_by", running, "CANCELLED")).first().isEqualTo("Joan");
        assertThat(logged("actor", running, "CANCELLED")).first().isNotEqualTo("Joan");
    }

    private static void ask(String order, String what, String user) {
        given().header("X-Remote-User", user)
                .post("/api/orders/" + order + "/" + what)
                .then()
                .statusCode(anyOf(is(200), is(202)));
    }

    private List<String> logged(String column, String order, String status) throws SQLException {
        return queried("select " + column + " from event_log where order_id = ?::uuid and status = '" + status
                + "' order by version", order);
    }

    private List<String> queried(String sql, String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    private void update(String sql, String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
