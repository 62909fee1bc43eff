package io.sluice.operator;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/** {@code If-Match} on requests that do without it; OrderCorrectionTest has those that need it. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class IfMatchTest {

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    private static ValidatableResponse post(String path, String ifMatch) {
        return given().header("If-Match", ifMatch).post(path).then();
    }

    private static String etag(String path) {
        return given().get(path).header("ETag");
    }

    private static String failedOrder() {
        Partners.set("carrier", Map.of("failureRate", 1));
        String id = Api.post(order());
        Api.awaitStatus(id, "FAILED");
        Partners.wellBehaved();
        return id;
    }

    @Test
    void cancel_withAnOldVersion_isRefusedWithTheNewOne() {
        String id = Api.post(order().manual());
        String path = "/api/orders/" + id;
        post(path + "/cancel", "W/\"7\"").statusCode(412)
                .header("ETag", is("W/\"1\""))
                .body("type", is("urn:sluice:problem:precondition-failed"));
        post(path + "/cancel", "7").statusCode(400);
        Api.get(id).body("status", is("RECEIVED"));
        post(path + "/cancel", "W/\"7\", W/\"1\"").statusCode(200);
        post(path + "/cancel", "W/\"1\"").statusCode(412);
        post(path + "/cancel", "*").statusCode(200);
    }

    @Test
    void retry_withAnOldVersion_isRefused() {
        String path = "/api/orders/" + failedOrder();
        post(path + "/retry", "W/\"1\"").statusCode(412);
        post(path + "/retry", etag(path)).statusCode(202);
    }

    /** RFC 9110, section 13.2.1: a request that is refused anyway is refused for its own reason. */
    @Test
    void whatIsNotPossibleAnyway_isAConflict() {
        post("/api/orders/" + Api.post(order().manual()) + "/retry", "W/\"9\"").statusCode(409);
    }

    @Test
    void batch_hasATag_thatChangesWithItsOrders() {
        String batch = Api.batch(List.of(Api.post(order().manual()))).create();
        Api.awaitEnd(batch);
        String path = "/api/batches/" + batch;
        String ended = etag(path);
        given().header("If-None-Match", ended).get(path).then().statusCode(304).header("ETag", is(ended));
        given().header("If-None-Match", "W/\"1\"").get(path).then().statusCode(200).body("id", notNullValue());
        post(path + "/abort", "W/\"1\"").statusCode(412).header("ETag", is(ended));
        post(path + "/abort", ended).statusCode(409);
    }

    @Test
    void batch_isAbortedOrRetried_onlyAsTheCallerKnowsIt() {
        Partners.set("carrier", Map.of("failureRate", 1));
        String batch = Api.batch(List.of(Api.post(order().manual()))).onFailure("wait").create();
        String path = "/api/batches/" + batch;
        Api.until(() -> given().get(path).then().body("counts.failed", is(1)));
        post(path + "/retry", "W/\"1\"").statusCode(412);
        Partners.set("carrier", Map.of("failureRate", 0, "latencyMs", 2000));
        String failed = etag(path);
        String retried = post(path + "/retry", failed).statusCode(202).extract().header("ETag");
        assertThat(retried).isNotEqualTo(failed);
        post(path + "/abort", failed).statusCode(412).header("ETag", not(is(failed)));
        post(path + "/abort", "*").statusCode(202).body("status", is("ABORTED"));
    }
}
