package io.sluice.partner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.testing.Orders;
import io.sluice.testing.Partners;
import io.sluice.testing.SeveralPartners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;
import io.vertx.mutiny.sqlclient.Pool;

/** Several partners of a kind: whose orders they take, and what becomes of these while one is down or paused. */
@QuarkusTest
@TestProfile(SeveralPartners.class)
@QuarkusTestResource(SluiceServices.class)
class NamedPartnersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TestHTTPResource("/api/events")
    String events;

    @Inject
    PartnerTable table;

    @Inject
    PartnerRows rows;

    @Inject
    Pool pool;

    @AfterEach
    void partnersAreBack() {
        Partners.wellBehaved();
        Partners.set("dhl", Map.of("down", false));
        given().post("/api/partners/dhl/resume").then().statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/partners")
                        .then()
                        .body("state.unique()", contains("UP"))
                        .body("heldOrders.sum()", is(0)));
    }

    @Test
    void order_goesToThePartnersOfItsChannelAndCountry() {
        String ebay = post(SeveralPartners.CHANNEL);
        String webshop = post("webshop");

        awaitStatus(ebay, "HANDLED");
        awaitStatus(webshop, "HANDLED");

        assertThat(partnersOf(ebay)).containsExactly("table-2", "dhl", "ebay");
        assertThat(partnersOf(webshop)).containsExactly("printer", "carrier", "marketplace");
        given().get("/api/orders/" + ebay).then().body("carrier", is("dhl"));
    }

    @Test
    void partners_areListedByKind() {
        given().get("/api/partners")
                .then()
                .body("name", contains("carrier", "dhl", "printer", "table-2", "marketplace", "ebay"))
                .body("kind", contains("carrier", "carrier", "printer", "printer", "marketplace", "marketplace"));
    }

    @Test
    void gauges_areOfEachPartner() {
        await().untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                .contains("sluice_partner_up{kind=\"carrier\",partner=\"dhl\"} 1.0",
                        "sluice_partner_held_orders{kind=\"printer\",partner=\"table-2\"} 0.0"));
    }

    @Test
    void partnerThatIsDown_holdsItsOwnOrdersOnly() {
        Partners.set("dhl", Map.of("down", true));
        List<String> held = List.of(post(SeveralPartners.CHANNEL), post(SeveralPartners.CHANNEL),
                post(SeveralPartners.CHANNEL), post(SeveralPartners.CHANNEL), post(SeveralPartners.CHANNEL));

        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/partners")
                        .then()
                        .body("find { it.name == 'dhl' }.heldOrders", is(held.size())));
        held.forEach(id -> given().get("/api/orders/" + id).then().body("reason.code", is("partner-down")));
        awaitStatus(post("webshop"), "HANDLED");

        Partners.set("dhl", Map.of("down", false));
        held.forEach(id -> awaitStatus(id, "HANDLED"));
    }

    @Test
    void pausedPartner_isNotCalledUntilItIsResumed() {
        given().contentType("application/json")
                .body(Map.of("reason", " "))
                .post("/api/partners/dhl/pause")
                .then()
                .statusCode(200)
                .body("reason", nullValue());
        given().contentType("application/json")
                .body(Map.of("reason", "Strike at the depot"))
                .post("/api/partners/dhl/pause")
                .then()
                .statusCode(200)
                .body("name", is("dhl"))
                .body("kind", is("carrier"))
                .body("state", is("PAUSED"))
                .body("reason", is("Strike at the depot"));
        awaitKnown("dhl");
        String order = post(SeveralPartners.CHANNEL);

        awaitStatus(order, "DELAYED");
        assertThat(Partners.shipments(order)).isEmpty();
        // As a process does that starts meanwhile.
        rows.insert(null);
        assertThat(table.down(dhl(), Duration.ZERO).await().atMost(PATIENCE)).isFalse();
        assertThat(table.up(dhl()).await().atMost(PATIENCE)).isFalse();
        given().get("/api/partners").then().body("find { it.name == 'dhl' }.state", is("PAUSED"));

        given().post("/api/partners/dhl/resume")
                .then()
                .statusCode(200)
                .body("state", is("UP"))
                .body("reason", nullValue());
        awaitStatus(order, "HANDLED");
    }

    /** Resumed too early, it would be found down anew, at the cost of attempts. */
    @Test
    void partnerThatWasDownWhenItWasPaused_isProbedFirstWhenItIsResumed() {
        Partners.set("dhl", Map.of("down", true));
        List<String> held = IntStream.range(0, 6).mapToObj(i -> post(SeveralPartners.CHANNEL)).toList();
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/partners")
                        .then()
                        .body("find { it.name == 'dhl' }.state", is("DOWN"))
                        .body("find { it.name == 'dhl' }.heldOrders", is(6)));
        given().post("/api/partners/dhl/pause").then().statusCode(200).body("state", is("PAUSED"));
        given().post("/api/partners/dhl/pause").then().statusCode(200).body("state", is("PAUSED"));

        given().post("/api/partners/dhl/resume").then().statusCode(200).body("state", is("DOWN"));
        given().post("/api/partners/dhl/resume").then().statusCode(200).body("state", oneOf("DOWN", "PROBING"));

        Partners.set("dhl", Map.of("down", false));
        held.forEach(id -> awaitStatus(id, "HANDLED"));
        given().get("/api/partners").then().body("find { it.name == 'dhl' }.state", is("UP"));
    }

    @Test
    void pauseAndResume_recordWhoAsked() {
        given().header("X-Remote-User", "ada").post("/api/partners/ebay/pause").then().statusCode(200);
        given().post("/api/partners/ebay/resume").then().statusCode(200);

        List<String> actors = new ArrayList<>();
        pool.query("select actor from event_log where kind = 'partner' and actor is not null order by id desc limit 2")
                .executeAndAwait()
                .forEach(row -> actors.add(row.getString(0)));
        assertThat(actors).containsExactly("api", "ada");
    }

    @Test
    void pauseAndResume_tellEachChangeOnce() {
        try (SseClient client = SseClient.open(events)) {
            await().atMost(PATIENCE).until(() -> client.lastEventId() != null);
            given().post("/api/partners/ebay/pause").then().statusCode(200).body("reason", nullValue());
            given().post("/api/partners/ebay/pause").then().statusCode(200).body("state", is("PAUSED"));
            given().contentType("application/json")
                    .body("{\"reason\": \"Holidays\"}")
                    .post("/api/partners/ebay/pause")
                    .then()
                    .body("reason", is("Holidays"));
            given().post("/api/partners/ebay/pause").then().body("reason", is("Holidays"));
            given().post("/api/partners/ebay/resume").then().statusCode(200).body("state", is("UP"));
            given().post("/api/partners/ebay/resume").then().statusCode(200).body("state", is("UP"));
            given().post("/api/partners/table-2/pause").then().statusCode(200);
            given().post("/api/partners/table-2/resume").then().statusCode(200);

            await().atMost(PATIENCE).until(() -> told(client, "table-2").size() == 2);
            assertThat(told(client, "ebay")).containsExactly("PAUSED null", "PAUSED Holidays", "UP null");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '{"reason": 3}', 422
            '{"reason": true}', 422
            '{"why": "x"}', 422
            '[]', 422
            '{', 400
            """)
    void unreadableReason_isRefused(String body, int status) {
        given().contentType("application/json")
                .body(body)
                .post("/api/partners/dhl/pause")
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
        given().contentType("application/json")
                .body(Map.of("reason", "x".repeat(201)))
                .post("/api/partners/dhl/pause")
                .then()
                .statusCode(422);
        given().get("/api/partners").then().body("find { it.name == 'dhl' }.state", is("UP"));
    }

    @Test
    void reasonInAnotherFormat_isRefused() {
        given().contentType("text/plain").body("Strike").post("/api/partners/dhl/pause").then().statusCode(415);
    }

    @Test
    void unknownPartner_isNotFound() {
        for (String what : List.of("pause", "resume")) {
            given().post("/api/partners/nobody/" + what)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("There is no partner nobody."));
        }
    }

    @Test
    void printerOfABatch_mustBeAPrinter() {
        given().contentType("application/json")
                .body(Map.of("orderIds", List.of(UUID.randomUUID().toString()), "printer", "dhl"))
                .post("/api/batches")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", is("/printer"))
                .body("errors[0].detail", is("This must be the name of a printer: printer, table-2."));
        given().contentType("application/json")
                .body(Map.of("orderIds", List.of(UUID.randomUUID().toString()), "printer", "table-2"))
                .post("/api/batches/preview")
                .then()
                .statusCode(200)
                .body("printer", is("table-2"));
    }

    private static List<String> told(SseClient client, String name) {
        return client.events()
                .stream()
                .filter(event -> event.type().equals("partner") && event.text("name").equals(name))
                .map(event -> event.text("state") + " " + event.text("reason"))
                .toList();
    }

    /** Until the workers have seen it, a call may still go out. */
    private static void awaitKnown(String partner) {
        String probe = post(SeveralPartners.CHANNEL);
        await().atMost(PATIENCE)
                .until(() -> List.of("HANDLED", "DELAYED")
                        .contains(given().get("/api/orders/" + probe).<String>path("status")));
        if (given().get("/api/orders/" + probe).path("status").equals("HANDLED")) {
            awaitKnown(partner);
        }
    }

    private static Partner dhl() {
        return new Partner(PartnerKind.CARRIER, "dhl");
    }

    private static String post(String channel) {
        return given().contentType("application/json")
                .body(Orders.json("auto", "T-" + UUID.randomUUID(), channel))
                .post("/api/orders")
                .path("id");
    }

    private static void awaitStatus(String id, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/orders/" + id).then().body("status", is(status)));
    }

    private static List<String> partnersOf(String orderId) {
        return List.of(Partners.printed()
                .stream()
                .filter(job -> job.get("orderId").equals(orderId))
                .map(job -> (String) job.get("printer"))
                .findFirst()
                .orElseThrow(), (String) Partners.shipments(orderId).get(0).get("carrier"),
                Partners.marketplaceOf(orderId));
    }
}
