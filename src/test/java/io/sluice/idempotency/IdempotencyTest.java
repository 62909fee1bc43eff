package io.sluice.idempotency;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/** {@code Idempotency-Key} on everything but new orders; see AcceptanceTest and BulkTest for those. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class IdempotencyTest {
    private final String key = UUID.randomUUID().toString();

    @Inject
    AgroalDataSource database;

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    private RequestSpecification keyed() {
        return given().header("Idempotency-Key", key);
    }

    private RequestSpecification json(Object body) {
        return keyed().contentType("application/json").body(body);
    }

    private static String manualOrder() {
        return Api.post(order().manual());
    }

    /** Both answers are alike in status, headers and body, and only the second is marked. */
    private static Response twice(int status, Supplier<Response> request) {
        Response first = request.get();
        first.then().statusCode(status).header("Idempotency-Replayed", nullValue());
        Response second = request.get();
        second.then()
                .statusCode(status)
                .contentType("application/json")
                .header("Idempotency-Replayed", is("true"))
                .header("ETag", first.header("ETag"))
                .header("Location", first.header("Location"))
                .header("Retry-After", first.header("Retry-After"));
        assertThat(second.asString()).isEqualTo(first.asString());
        return second;
    }

    private int update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** As if the process had died a minute ago, before it kept its answer. */
    private void interrupted() throws SQLException {
        assertThat(update("update idempotency_key set status = null, answer = null, headers = null, "
                + "running_until = now() - interval '1 second' where key = ?", key)).isOne();
    }

    @Test
    void cancel_isRepeated() {
        String id = manualOrder();
        twice(200, () -> keyed().post("/api/orders/" + id + "/cancel")).then().body("status", is("CANCELLED"));
    }

    @Test
    void retry_isRepeated_thoughTheOrderHasFailedAgain() {
        Partners.set("carrier", Map.of("failureRate", 1));
        String id = Api.post(order());
        Api.awaitStatus(id, "FAILED");
        Response first = keyed().post("/api/orders/" + id + "/retry");
        first.then().statusCode(202).body("status", is("QUEUED"));
        Api.awaitStatus(id, "FAILED");
        int version = Api.get(id).extract().path("version");
        Response second = keyed().post("/api/orders/" + id + "/retry");
        second.then().statusCode(202).header("Idempotency-Replayed", is("true"));
        assertThat(second.asString()).isEqualTo(first.asString());
        Api.get(id).body("version", is(version));
    }

    @Test
    void correction_isRepeated_thoughItsETagIsOld() {
        String id = manualOrder();
        String etag = given().get("/api/orders/" + id).header("ETag");
        twice(200, () -> keyed().contentType("application/merge-patch+json")
                .header("If-Match", etag)
                .body("{\"note\": \"once\"}")
                .patch("/api/orders/" + id)).then().body("note", is("once")).header("ETag", "W/\"2\"");
    }

    @Test
    void batch_isRepeated_withItsLocation() {
        Map<String, Object> batch = Map.of("orderIds", List.of(manualOrder()));
        Response answer = twice(202, () -> json(batch).post("/api/batches"));
        assertThat(answer.header("Location")).isEqualTo("/api/batches/" + answer.path("id"));
    }

    @Test
    void pause_isRepeated_andNotDoneAgain() {
        twice(200, () -> json(Map.of("reason", "lunch")).post("/api/partners/carrier/pause"));
        given().post("/api/partners/carrier/resume").then().statusCode(200);
        json(Map.of("reason", "lunch")).post("/api/partners/carrier/pause").then().statusCode(200);
        given().get("/api/partners").then().body("find { it.name == 'carrier' }.state", is("UP"));
    }

    @Test
    void demoOrders_areRepeated() {
        twice(201, () -> json(Map.of("count", 2)).post("/api/demo/orders"));
    }

    @Test
    void fiftyAtOnce_areOneBatch_andFiftyAnswers() {
        Map<String, Object> batch = Map.of("orderIds", List.of(manualOrder(), manualOrder()));
        List<Response> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> json(batch).post("/api/batches"))
                .toList();
        assertThat(answers).extracting(Response::statusCode).containsOnly(202);
        assertThat(answers.stream().map(Response::asString).distinct()).hasSize(1);
        assertThat(answers.get(0).<Integer>path("counts.total")).isEqualTo(2);
    }

    @Test
    void otherPathOrBody_isRefused() {
        String id = manualOrder();
        keyed().post("/api/orders/" + id + "/cancel").then().statusCode(200);
        keyed().post("/api/orders/" + id + "/erase")
                .then()
                .statusCode(422)
                .body("type", is("urn:sluice:problem:key-reused"))
                .body("detail", containsString("new key"));
        keyed().post("/api/orders/" + manualOrder() + "/cancel").then().statusCode(422);
        json("{\"reason\": \"x\"}").post("/api/orders/" + id + "/cancel").then().statusCode(200);
        Api.send(order().manual().header("Idempotency-Key", key)).then().statusCode(422);
    }

    /** A variable that is not set, or a proxy that adds a key of its own. */
    @Test
    void emptyKeyAndSeveralKeys_areNotTakenForNone() {
        given().header("Idempotency-Key", "")
                .post("/api/orders/" + manualOrder() + "/cancel")
                .then()
                .statusCode(422)
                .body("detail", is("The Idempotency-Key is empty."));
        keyed().header("Idempotency-Key", "another")
                .post("/api/orders/" + manualOrder() + "/cancel")
                .then()
                .statusCode(422)
                .body("detail", containsString("more than one"));
    }

    @Test
    void eachCaller_hasKeysOfTheirOwn() {
        for (String user : List.of("ann", "bob")) {
            keyed().header("X-Remote-User", user)
                    .post("/api/orders/" + manualOrder() + "/cancel")
                    .then()
                    .statusCode(200)
                    .header("Idempotency-Replayed", nullValue());
            Api.send(order().manual().header("Idempotency-Key", "order " + key).header("X-Remote-User", user))
                    .then()
                    .statusCode(202)
                    .header("Idempotency-Replayed", nullValue());
        }
    }

    @Test
    void refusalThatLasts_isRepeated() {
        String id = manualOrder();
        String detail = keyed().post("/api/orders/" + id + "/retry").then().statusCode(409).extract().path("detail");
        keyed().post("/api/orders/" + id + "/retry")
                .then()
                .statusCode(409)
                .header("Idempotency-Replayed", is("true"))
                .body("detail", is(detail));
    }

    @Test
    void invalidRequest_leavesTheKeyFree() {
        json("{").post("/api/batches").then().statusCode(400);
        json(Map.of("orderIds", List.of())).post("/api/batches").then().statusCode(422);
        json(Map.of("orderIds", List.of(manualOrder()))).post("/api/batches").then().statusCode(202);
    }

    @Test
    void whileTheFirstRuns_theOthersWait_andAreRefusedInTheEnd() throws SQLException {
        String id = manualOrder();
        keyed().post("/api/orders/" + id + "/cancel").then().statusCode(200);
        interrupted();
        update("update idempotency_key set running_until = now() + interval '1 minute' where key = ?", key);
        keyed().post("/api/orders/" + id + "/cancel")
                .then()
                .statusCode(409)
                .header("Retry-After", is("1"))
                .body("type", is("urn:sluice:problem:still-running"));
    }

    @Test
    void interruptedRequest_runsAgain_ifThatChangesNothing() throws SQLException {
        String id = manualOrder();
        keyed().post("/api/orders/" + id + "/cancel").then().statusCode(200);
        interrupted();
        keyed().post("/api/orders/" + id + "/cancel")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", nullValue());
        keyed().post("/api/orders/" + id + "/cancel").then().header("Idempotency-Replayed", is("true"));
    }

    @Test
    void interruptedRequest_isNotRunAgain_ifThatMayChangeMore() throws SQLException {
        Map<String, Object> batch = Map.of("orderIds", List.of(manualOrder()));
        json(batch).post("/api/batches").then().statusCode(202);
        interrupted();
        json(batch).post("/api/batches")
                .then()
                .statusCode(409)
                .body("type", is("urn:sluice:problem:outcome-unknown"))
                .body("detail", containsString("may or may not"));
    }

    @Test
    void erasedOrder_isShownAsItIsNow() {
        String id = Api.post(order().manual().customer("Xantippe"));
        keyed().post("/api/orders/" + id + "/cancel").then().body("customer.name", is("Xantippe"));
        given().post("/api/orders/" + id + "/erase").then().statusCode(200);
        keyed().post("/api/orders/" + id + "/cancel").then().statusCode(200).body("customer.name", is("(erased)"));
    }

    /** It may be a name, which an erasure of the person would not find. */
    @Test
    void searchOfABatch_isNotKept() {
        Api.post(Api.order().manual().customer("Mulberry Fenwick"));
        String key = UUID.randomUUID().toString();
        Map<String, Object> batch = Map.of("filter", Map.of("q", "Fenwick", "status", List.of("RECEIVED")));
        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(batch)
                .post("/api/batches")
                .then()
                .statusCode(202)
                .body("filter.q", is("Fenwick"));
        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(batch)
                .post("/api/batches")
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", is("true"))
                .body("filter.q", nullValue())
                .body("filter.status", is(List.of("RECEIVED")));
    }
}
