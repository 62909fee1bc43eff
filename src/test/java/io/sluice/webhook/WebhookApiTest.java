package io.sluice.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.testing.SluiceServices;

/** Endpoints, their secrets and their delivery log, as the API has them. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WebhookApiTest extends WebhookTestBase {
    @Test
    void messages_areReplayed_oneOrThoseOfATimeOrAllThatFailed() {
        receiver.answers(500);
        String id = create("order.received").getString("id");
        receivedOrder();
        awaitStatus(id, "FAILED");
        receiver.answers(200);
        receivedOrder();
        awaitStatus(id, "DELIVERED", "FAILED");
        String late = receivedOrder();
        awaitStatus(id, "DELIVERED", "DELIVERED", "FAILED");
        List<String> ids = deliveries(id).getList("items.messageId");
        Instant lastEvent = Instant.parse(deliveries(id).getString("items[0].eventAt"));
        assertThat(deliveries(id).getString("items[0].subject")).isEqualTo(late);
        int before = receiver.messages().size();

        send("/" + id + "/replay", Map.of("status", "FAILED")).then().statusCode(202).body("deliveries", is(1));
        awaitStatus(id, "DELIVERED", "DELIVERED", "DELIVERED");
        assertThat(receiver.messages().get(before).id()).isEqualTo(ids.get(2));

        given().post("/api/webhooks/" + id + "/deliveries/" + deliveries(id).getLong("items[1].id") + "/replay")
                .then()
                .statusCode(202)
                .body("status", is("PENDING"))
                .body("messageId", is(ids.get(1)));
        awaitMessages(before + 2);
        assertThat(receiver.messages().get(before + 1).id()).isEqualTo(ids.get(1));

        send("/" + id + "/replay", Map.of("from", lastEvent.toString(), "to", lastEvent.plusMillis(1).toString()))
                .then()
                .statusCode(202)
                .body("deliveries", is(1));
        awaitMessages(before + 3);
        assertThat(receiver.messages().get(before + 2).id()).isEqualTo(ids.get(0));
        send("/" + id + "/replay", Map.of("from", lastEvent.plusSeconds(1).toString())).then()
                .statusCode(202)
                .body("deliveries", is(0));
    }

    @Test
    void newSecret_overlapsWithTheOldOne() {
        JsonPath webhook = create("order.received");
        String id = webhook.getString("id");
        String old = webhook.getString("secret");
        JsonPath rotated = given().post("/api/webhooks/" + id + "/rotate-secret")
                .then()
                .statusCode(200)
                .body("previousSecretUntil", notNullValue())
                .extract()
                .jsonPath();
        assertThat(rotated.getString("secret")).startsWith("whsec_").isNotEqualTo(old);
        receivedOrder();
        awaitMessages(1);
        verify(old, receiver.messages().get(0));
        verify(rotated.getString("secret"), receiver.messages().get(0));

        String last = send("/" + id + "/rotate-secret", Map.of("overlapSeconds", 0)).then()
                .statusCode(200)
                .body("previousSecretUntil", nullValue())
                .extract()
                .path("secret");
        receivedOrder();
        awaitMessages(2);
        verify(last, receiver.messages().get(1));
        assertThat(receiver.messages().get(1).headers().get("webhook-signature")).doesNotContain(" ");
    }

    @Test
    void secret_isShownOnce() {
        JsonPath webhook = create();
        String secret = webhook.getString("secret");
        assertThat(given().get("/api/webhooks/" + webhook.getString("id")).asString()).doesNotContain(secret, "whsec_");
        assertThat(given().get("/api/webhooks").asString()).contains(webhook.getString("id")).doesNotContain("whsec_");
        assertThat(change(webhook.getString("id"), Map.of("enabled", true)).asString()).doesNotContain("whsec_");
    }

    @Test
    void test_sendsOneMessage() {
        JsonPath webhook = create();
        given().post("/api/webhooks/" + webhook.getString("id") + "/test")
                .then()
                .statusCode(202)
                .body("type", is("webhook.test"));
        awaitMessages(1);
        verify(webhook.getString("secret"), receiver.messages().get(0));
        assertThat(receiver.messages().get(0).type()).isEqualTo("webhook.test");
    }

    @Test
    void log_hasPages_andIsFilteredByStatus() {
        String id = create("order.received").getString("id");
        for (int i = 0; i < 3; i++) {
            receivedOrder();
        }
        awaitStatus(id, "DELIVERED", "DELIVERED", "DELIVERED");
        String path = "/api/webhooks/" + id + "/deliveries";
        List<Long> all = deliveries(id).getList("items.id", Long.class);
        JsonPath first = given().get(path + "?limit=2&status=DELIVERED&status=FAILED").jsonPath();
        assertThat(first.getList("items.id", Long.class)).isEqualTo(all.subList(0, 2));
        given().get(path + "?limit=2&cursor=" + first.getString("nextCursor"))
                .then()
                .body("items", hasSize(1))
                .body("nextCursor", nullValue());
        given().get(path + "?status=FAILED").then().statusCode(200).body("items", hasSize(0));
        given().get(path + "?status=LOST").then().statusCode(422);
        given().get(path + "?cursor=x").then().statusCode(422);
    }

    @Test
    void disabledEndpoint_canBeMoved_andRemoved() {
        String id = create("order.received").getString("id");
        change(id, Map.of("enabled", false)).then().statusCode(200).body("disabled.reason", is("request"));
        assertThat(given().get("/").asString()).doesNotContain("/api/webhooks/" + id);
        change(id, Map.of("url", "https://shop.example/hook")).then()
                .statusCode(200)
                .body("url", is("https://shop.example/hook"))
                .body("channel", is(channel))
                .body("enabled", is(false));
        change(id, "{\"channel\": null}").then().statusCode(200).body("channel", nullValue());
        given().delete("/api/webhooks/" + id).then().statusCode(204);
        given().get("/api/webhooks/" + id).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | /url", "{\"url\": 7} | /url", "{\"url\": \"\"} | /url",
            "{\"url\": \"ftp://shop.example\"} | /url", "{\"url\": \"https://shop.example\", \"urls\": 1} | /urls",
            "{\"url\": \"https://shop.example\", \"eventTypes\": \"order.handled\"} | /eventTypes",
            "{\"url\": \"https://shop.example\", \"eventTypes\": [\"order.lost\"]} | /eventTypes/0",
            "{\"url\": \"https://shop.example\", \"eventTypes\": [null]} | /eventTypes/0",
            "{\"url\": \"https://shop.example\", \"channel\": \"\"} | /channel",
            "{\"url\": \"https://shop.example\", \"channel\": \"a b\"} | /channel",
            "{\"url\": \"http://münchen.de\"} | /url",
            "{\"url\": \"https://shop.example\", \"secret\": \"whsec_x\"} | /secret"})
    void wrongInput_422(String body, String pointer) {
        send("", body).then().statusCode(422).body("errors[0].pointer", is(pointer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | /from", "{\"to\": \"2026-01-01T00:00:00Z\"} | /from",
            "{\"status\": \"LOST\"} | /status", "{\"from\": \"yesterday\"} | /from",
            "{\"from\": \"2026-01-02T00:00:00Z\", \"to\": \"2026-01-01T00:00:00Z\"} | /to"})
    void wrongReplay_422(String body, String pointer) {
        send("/" + UUID.randomUUID() + "/replay", body).then().statusCode(422).body("errors[0].pointer", is(pointer));
    }

    @Test
    void wrongChange_422_andUnknownEndpoint_404() {
        String id = create().getString("id");
        change(id, "{\"url\": null}").then().statusCode(422).body("errors[0].pointer", is("/url"));
        change(id, "{\"enabled\": null}").then().statusCode(422).body("errors[0].pointer", is("/enabled"));
        change(id, "{\"secret\": \"x\"}").then().statusCode(422);
        send("/" + id + "/rotate-secret", Map.of("overlapSeconds", -1)).then().statusCode(422);
        given().post("/api/webhooks/" + id + "/deliveries/1/replay")
                .then()
                .statusCode(404)
                .body("detail", containsString("no delivery"));
        String unknown = UUID.randomUUID().toString();
        change(unknown, Map.of("enabled", true)).then().statusCode(404);
        given().delete("/api/webhooks/" + unknown).then().statusCode(404);
        given().post("/api/webhooks/" + unknown + "/rotate-secret").then().statusCode(404);
        given().post("/api/webhooks/" + unknown + "/test").then().statusCode(404);
        given().get("/api/webhooks/" + unknown + "/deliveries").then().statusCode(404);
    }
}
