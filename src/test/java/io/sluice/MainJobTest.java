package io.sluice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(Services.class)
class MainJobTest {
    static final String ORDER = """
            {"channel":"webshop","customer":{"name":"Ada Lovelace","email":"ada@example.org"},"handling":"%s",
             "shipTo":{"name":"Ada Lovelace","street":"1 Main St","city":"London","postalCode":"W1","country":"GB"},
             "currency":"EUR","lines":[{"sku":"A","title":"Thing","quantity":2,"unitPrice":"12.5"}]}
            """;

    @Test
    void order_accepted_handled() {
        String id = given().contentType("application/json")
                .body(ORDER.formatted("auto"))
                .post("/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> given().get("/api/orders/" + id).then().statusCode(200).body("status", is("HANDLED")));
        given().get("/api/orders/" + id + "/history").then().body("attempts", hasSize(4));
        given().header("Prefer", "wait=20")
                .contentType("application/json")
                .body(ORDER.formatted("auto"))
                .post("/api/orders")
                .then()
                .log()
                .all()
                .statusCode(200);
        given().get("/api/orders/" + id + "/events").then().log().all();
        given().get("/api/orders?status=HANDLED").then().log().all();
        given().get("/api/load").then().log().all();
    }

    @Test
    void batch() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(given().contentType("application/json")
                    .body(ORDER.formatted("manual"))
                    .post("/api/orders")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id"));
        }
        java.util.Collections.shuffle(ids);
        String batch = given().contentType("application/json")
                .body(Map.of("orderIds", ids))
                .post("/api/batches")
                .then()
                .log()
                .all()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/api/batches/" + batch).then().body("counts.handled", is(40)));
        given().get("/api/batches/" + batch).then().log().all();
        List<Map<String, Object>> jobs = given().get("http://127.0.0.1:" + Services.port + "/simulator/printer/jobs")
                .then()
                .extract()
                .jsonPath()
                .getList("");
        assertThat(jobs.stream().filter(j -> batch.equals(j.get("batchId"))).map(j -> j.get("orderId")))
                .containsExactlyElementsOf(ids.stream().map(x -> (Object) x).toList());
    }
}
