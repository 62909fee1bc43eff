package io.sluice.handle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.Orders;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class HandlingTest {
    @Inject
    AgroalDataSource database;

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

    @Test
    void backlogOfOneChannel_delaysNeitherTheOthers_norWhatAPersonStarts() {
        String flood = "flood-" + System.nanoTime();
        Partners.set("carrier", Map.of("failureRate", 1));
        String failed = Api.post(Api.order().channel(flood));
        Api.awaitStatus(failed, "FAILED");
        Partners.wellBehaved();
        List<String> handpicked = Api.post(10, Api.order().manual().channel(flood));
        latency(3_000);
        IntStream.range(0, 500).parallel().forEach(i -> Api.post(Api.order().channel(flood)));
        List<String> quiet = Api.post(10, Api.order().channel("quiet-" + System.nanoTime()));
        Api.batch(handpicked).printOrder("any").create();
        Api.act(failed, "retry").then().statusCode(202);
        latency(1_000);
        Api.awaitStatus(quiet, "HANDLED");
        Api.awaitStatus(handpicked, "HANDLED");
        Api.awaitStatus(failed, "HANDLED");
        assertThat(open(flood, "QUEUED")).as("orders of the flood that still wait").isNotEmpty();
        Partners.wellBehaved();
        await().atMost(PATIENCE).until(() -> open(flood, "QUEUED&status=HANDLING&status=DELAYED").isEmpty());
    }

    private static List<String> open(String channel, String statuses) {
        return given().get("/api/orders?channel=" + channel + "&status=" + statuses).jsonPath().getList("items.id");
    }

    private static void latency(int ms) {
        List.of("carrier", "printer", "marketplace").forEach(partner -> Partners.set(partner, Map.of("latencyMs", ms)));
    }

    @Test
    void orderForgottenInALane_isFoundAndHandled() throws SQLException {
        String id = given().contentType("application/json").body(Orders.json("manual")).post("/api/orders").path("id");
        String batch = UUID.randomUUID().toString();
        update("""
                insert into batch (id, print_order, on_failure, total, rejected, created_at)
                values (?::uuid, 'as-listed', 'skip', 1, '[]', now())
                """, batch);
        update("""
                with i as (insert into batch_item (batch_id, position, rank, order_id, printer, before_status)
                           values (?::uuid, 1, 1, ?::uuid, 'printer', 'RECEIVED') returning batch_id, order_id),
                     made as (insert into lane (name, step, printer)
                              values ('print-packing-slip/printer', 'print-packing-slip', 'printer')
                              on conflict do nothing),
                     l as (insert into batch_lane (batch_id, lane, lane_no, next_rank)
                           select batch_id, 'print-packing-slip/printer', 0, 1 from i)
                update order_state s
                set status = 'QUEUED', lane = 'print-packing-slip/printer', position = 1, rank = 1,
                    batch_id = i.batch_id,
                    printer = 'printer'
                from i where s.order_id = i.order_id
                """,
                batch, id);
        awaitStatus(id, "HANDLED");
    }

    @Test
    void orderWhoseMessageWasLost_isFoundAndHandled() throws SQLException {
        String id = given().contentType("application/json").body(Orders.json("manual")).post("/api/orders").path("id");
        update("update order_state set status = 'QUEUED', queued_at = now() where order_id = ?::uuid", id);
        awaitStatus(id, "HANDLED");
    }

    @Test
    void orderOfADeadWorker_isTakenOver_andGoesOnWhereItWas() throws SQLException {
        String id = given().contentType("application/json").body(Orders.json("manual")).post("/api/orders").path("id");
        update("update order_state set status = 'HANDLING', step = 'create-shipment', worker = 'dead', lease = 1,"
                + " due_at = now() + interval '1 second' where order_id = ?::uuid", id);
        awaitStatus(id, "HANDLED");
        assertThat(outcomes(id)).as("what is not known of the dead one, and the three steps that were left")
                .containsExactly("UNKNOWN", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
        given().get("/api/orders/" + id + "/history")
                .then()
                .body("attempts[0].reason.code", is("worker-lost"))
                .body("attempts[0].actor", is("dead"));
    }

    private void update(String sql, String... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
