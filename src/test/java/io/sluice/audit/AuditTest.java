package io.sluice.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.sluice.testing.Api;
import io.sluice.testing.SeveralPartners;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Looking things up in the audit. */
@QuarkusTest
@TestProfile(SeveralPartners.class)
@QuarkusTestResource(SluiceServices.class)
class AuditTest {
    @Inject
    Pool pool;

    private static JsonPath find(String... query) {
        var request = given();
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam(query[i], query[i + 1]);
        }
        return request.get("/api/audit").then().statusCode(200).extract().jsonPath();
    }

    private void insert(String actor, String subject, int count) {
        pool.preparedQuery("""
                insert into audit (actor, actor_kind, action, subject)
                select $1, 'user', 'order.retry', $2 from generate_series(1, $3)
                """).executeAndAwait(Tuple.of(actor, subject, count));
    }

    @Test
    void filters_narrowDown() {
        Instant start = Instant.now().minusSeconds(1);
        String order = AuditExamples.waitingOrder();
        Api.act(order, "cancel").then().statusCode(200);
        given().post("/api/orders/" + order + "/erase").then().statusCode(200);
        assertThat(find("subject", order).getList("items.action")).containsExactly("order.erase", "order.cancel");
        assertThat(find("subject", order, "action", "order.cancel").getMap("items[0].before"))
                .isEqualTo(Map.of("status", "RECEIVED"));
        assertThat(find("subject", order, "actor", "nobody").getList("items")).isEmpty();
        assertThat(find("subject", order, "to", start.toString()).getList("items")).isEmpty();
        assertThat(find("subject", order, "from", start.toString()).getList("items")).hasSize(2);
    }

    @Test
    void correction_namesFields_andNoValues() {
        String order = AuditExamples.waitingOrder();
        given().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body("{\"note\": \"marker\", \"customer\": {\"name\": \"marker\"}}")
                .patch("/api/orders/" + order)
                .then()
                .statusCode(200);
        given().queryParam("subject", order)
                .get("/api/audit")
                .then()
                .body("items[0].fields", is(List.of("customer.name", "note")))
                .body("items[0].before", nullValue());
        assertThat(given().queryParam("subject", order).get("/api/audit").asString()).doesNotContain("marker");
    }

    @Test
    void webhooks_areRecordedWithoutPathAndSecret() {
        String id = AuditExamples.webhook();
        given().contentType("application/json")
                .body("{\"url\": \"http://127.0.0.1:9/token\", \"enabled\": false}")
                .patch("/api/webhooks/" + id)
                .then()
                .statusCode(200);
        given().delete("/api/webhooks/" + id).then().statusCode(204);
        JsonPath found = find("subject", id);
        assertThat(found.getList("items.action")).containsExactly("webhook.delete", "webhook.disable",
                "webhook.create");
        assertThat(found.getMap("items[1].after")).containsEntry("enabled", false);
        assertThat(found.prettify()).doesNotContain("token", "hook\"", "whsec");
    }

    @Test
    void pages_haveEveryEntryOnce_newestFirst() {
        String subject = UUID.randomUUID().toString();
        insert("ada", subject, 5);
        List<Long> ids = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = cursor == null
                    ? find("subject", subject, "limit", "2")
                    : find("subject", subject, "limit", "2", "cursor", cursor);
            ids.addAll(page.getList("items.id", Long.class));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        assertThat(ids).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void everythingThatIsWrong_isNamedAtOnce() {
        given().get("/api/audit?action=dance&from=x&to=y&limit=0&cursor=!")
                .then()
                .statusCode(422)
                .body("errors", hasSize(5))
                .body("errors.detail.join(' ')", containsString("order.retry"));
    }

    @Test
    void files_haveEveryEntry_andNoFormulas() {
        String subject = UUID.randomUUID().toString();
        insert("=cmd()", subject, 2500);
        String csv = given().get("/api/audit.csv?subject=" + subject)
                .then()
                .statusCode(200)
                .header("Content-Disposition", "attachment; filename=\"audit.csv\"")
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(2501).doesNotHaveDuplicates();
        assertThat(csv.lines().skip(1)).allMatch(line -> line.contains(",'=cmd(),user,"));
        String lines = given().get("/api/audit.ndjson?subject=" + subject).then().statusCode(200).extract().asString();
        assertThat(lines.lines().map(JsonPath::from).map(entry -> entry.getString("actor")))
                .hasSize(2500)
                .containsOnly("=cmd()");
        given().get("/api/audit.csv?action=dance").then().statusCode(422).contentType("application/problem+json");
    }

    @Test
    void page_filters_andLeadsToTheOrder() {
        String order = AuditExamples.waitingOrder();
        Api.act(order, "cancel").then().statusCode(200);
        String page = given().accept("text/html")
                .get("/audit?from=2026-01-01T00:00&subject=" + order)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(page).contains("href=\"orders/" + order + "\"", "order.cancel", "status: RECEIVED → CANCELLED",
                "127.0.0.1", "api/audit.csv?subject=" + order);
        assertThat(given().accept("text/html").get("/audit?actor=nobody-at-all").asString()).contains("No entries");
        given().accept("text/html").get("/audit?action=dance").then().statusCode(400);
    }
}
