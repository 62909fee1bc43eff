package io.sluice.webhook;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.WebhookReceiver;

/** Events on their way to the endpoints of integrators. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WebhookTest {
    @Inject
    AgroalDataSource database;
    @Inject
    ObjectMapper json;

    private final WebhookReceiver receiver = new WebhookReceiver();
    private final List<String> made = new ArrayList<>();
    /** Each test has a channel of its own, so that it gets no other test's events. */
    private final String channel = UUID.randomUUID().toString();

    @AfterEach
    void removeWebhooks() {
        made.forEach(id -> given().delete("/api/webhooks/" + id));
        receiver.close();
    }

    private JsonPath create(Map<String, ?> webhook) {
        JsonPath created = send("", webhook).then()
                .statusCode(201)
                .header("Location", notNullValue())
                .extract()
                .jsonPath();
        made.add(created.getString("id"));
        return created;
    }

    /** An endpoint at the receiver for the orders of this test. */
    private JsonPath create(String... eventTypes) {
        return create(Map.of("url", receiver.url(), "channel", channel, "eventTypes", List.of(eventTypes)));
    }

    private static Response send(String path, Object body) {
        return given().contentType("application/json").body(body).post("/api/webhooks" + path);
    }

    private static Response change(String id, Object body) {
        return given().contentType("application/merge-patch+json").body(body).patch("/api/webhooks/" + id);
    }

    private static JsonPath webhook(String id) {
        return given().get("/api/webhooks/" + id).then().statusCode(200).extract().jsonPath();
    }

    private static JsonPath deliveries(String id) {
        return given().get("/api/webhooks/" + id + "/deliveries?limit=200").then().statusCode(200).extract().jsonPath();
    }

    private String handledOrder() {
        return Api.send(Api.order().channel(channel).preferWait(30)).then().statusCode(200).extract().path("id");
    }

    private String receivedOrder() {
        return Api.post(Api.order().channel(channel).manual());
    }

    private void awaitMessages(int count) {
        until(() -> assertThat(receiver.messages()).hasSizeGreaterThanOrEqualTo(count));
    }

    private void awaitStatus(String webhook, String... statuses) {
        until(() -> assertThat(deliveries(webhook).getList("items.status")).containsExactly((Object[]) statuses));
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    private static void verify(String secret, WebhookReceiver.Message message) {
        assertThatCode(() -> new com.standardwebhooks.Webhook(secret).verify(message.body(), message.headers()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())))))
                .doesNotThrowAnyException();
    }

    @Test
    void everyEvent_comesOnce_inOrder_signed_asTheEventStreamHasIt() {
        JsonPath webhook = create();
        String order = handledOrder();
        JsonPath events = given().accept("application/json").get("/api/events?order=" + order).jsonPath();
        List<String> ids = events.getList("items.id");
        awaitMessages(ids.size());
        awaitStatus(webhook.getString("id"), ids.stream().map(id -> "DELIVERED").toArray(String[]::new));

        assertThat(receiver.messages()).extracting(WebhookReceiver.Message::id).containsExactlyElementsOf(ids);
        assertThat(receiver.messages()).extracting(message -> message.json().at("/data/version").asInt())
                .isSorted()
                .doesNotHaveDuplicates();
        List<String> types = receiver.messages().stream().map(WebhookReceiver.Message::type).toList();
        assertThat(types.get(0)).isEqualTo("order.queued");
        assertThat(types.get(types.size() - 1)).isEqualTo("order.handled");
        assertThat(types.stream().filter(type -> !type.equals("order.updated"))).containsExactly("order.queued",
                "order.handling", "order.handled");
        for (int i = 0; i < ids.size(); i++) {
            WebhookReceiver.Message message = receiver.messages().get(i);
            verify(webhook.getString("secret"), message);
            JsonNode data = json.valueToTree(events.getMap("items[" + i + "].data"));
            assertThat(message.json().get("data")).isEqualTo(data);
            assertThat(message.json().get("timestamp")).isEqualTo(data.get("at"));
        }
        assertThat(receiver.messages()).noneMatch(message -> message.body().contains("Ada"));
    }

    @Test
    void libraryForNode_verifiesIt() throws Exception {
        NodeLibrary.install();
        JsonPath webhook = create("order.received");
        receivedOrder();
        awaitMessages(1);
        WebhookReceiver.Message message = receiver.messages().get(0);
        NodeLibrary.Result good = NodeLibrary.verify(json.writeValueAsString(Map.of("secret",
                webhook.getString("secret"), "body", message.body(), "headers", message.headers())));
        assertThat(good.exit()).as(good.output()).isZero();
        assertThat(json.readTree(good.output())).isEqualTo(message.json());
        NodeLibrary.Result forged = NodeLibrary.verify(json.writeValueAsString(Map.of("secret",
                webhook.getString("secret"), "body", message.body() + " ", "headers", message.headers())));
        assertThat(forged.exit()).isNotZero();
        assertThat(forged.output()).contains("WebhookVerificationError");
    }

    @Test
    void failedMessage_comesAgain_withTheSameId_untilItsTriesAreSpent() {
        receiver.answers(500);
        String id = create("order.received").getString("id");
        receivedOrder();
        awaitStatus(id, "FAILED");
        assertThat(receiver.messages()).hasSize(3)
                .extracting(WebhookReceiver.Message::id)
                .containsOnly(
                        deliveries(id).getString("items[0].messageId"));
        assertThat(deliveries(id).getInt("items[0].attempts")).isEqualTo(3);
        assertThat(deliveries(id).getInt("items[0].lastStatus")).isEqualTo(500);
        assertThat(deliveries(id).getString("items[0].lastError")).contains("HTTP 500");
        assertThat(webhook(id).getString("failingSince")).isNotNull();

        receiver.answers(200);
        receivedOrder();
        awaitStatus(id, "DELIVERED", "FAILED");
        assertThat(webhook(id).getString("failingSince")).isNull();
    }

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
    void gone_disablesTheEndpoint_andIsTold_andEnabledAgainItMissesNothing() {
        receiver.answers(410);
        String id = create("order.received").getString("id");
        receivedOrder();
        until(() -> assertThat(webhook(id).getBoolean("enabled")).isFalse());
        assertThat(webhook(id).getString("disabled.reason")).isEqualTo("gone");
        assertThat(webhook(id).getString("disabled.since")).isNotNull();
        assertThat(given().get("/").asString()).contains("webhook-notice", "127.0.0.1:" + receiver.port(),
                "is disabled", "/api/webhooks/" + id);
        send("/" + id + "/replay", Map.of("status", "FAILED")).then().statusCode(409);
        given().post("/api/webhooks/" + id + "/test").then().statusCode(409);

        receiver.answers(200);
        String meanwhile = receivedOrder();
        change(id, Map.of("enabled", true)).then()
                .statusCode(200)
                .body("enabled", is(true))
                .body("disabled",
                        nullValue());
        awaitStatus(id, "DELIVERED", "FAILED");
        assertThat(receiver.messages().get(1).json().at("/data/orderId").asText()).isEqualTo(meanwhile);
        assertThat(given().get("/").asString()).doesNotContain("/api/webhooks/" + id);
    }

    @Test
    void endpointThatHasOnlyFailedForDays_isDisabled() throws SQLException {
        receiver.answers(503);
        String id = create("order.received").getString("id");
        receivedOrder();
        awaitStatus(id, "FAILED");
        assertThat(webhook(id).getBoolean("enabled")).isTrue();
        update("update webhook set failing_since = now() - interval '121 hours' where id = ?", UUID.fromString(id));
        receivedOrder();
        until(() -> assertThat(webhook(id).getString("disabled.reason")).isEqualTo("failing"));
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

    /** More than its own share of messages hang; the other endpoint gets all of its own. */
    @Test
    void slowEndpoint_holdsUpNoOther() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (WebhookReceiver slow = new WebhookReceiver()) {
            slow.behaves(message -> {
                try {
                    end.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
                return WebhookReceiver.Reply.of(204);
            });
            String hanging = create(Map.of("url", slow.url(), "channel", channel)).getString("id");
            create("order.received");
            for (int i = 0; i < 12; i++) {
                receivedOrder();
            }
            awaitMessages(12);
            // Not even the first of them has been given up yet.
            assertThat(deliveries(hanging).getList("items.attempts", Integer.class)).containsOnly(0);
            end.countDown();
        }
    }

    @Test
    void endpoint_getsOnlyWhatItAskedFor() {
        String id = create("order.cancelled").getString("id");
        String order = receivedOrder();
        Api.act(order, "cancel").then().statusCode(200);
        awaitMessages(1);
        List<String> types = List.of("order.received", "order.cancelled");
        change(id, Map.of("eventTypes", types)).then().statusCode(200).body("eventTypes", is(types));
        Api.act(order, "erase").then().statusCode(200); // another change of an order that is CANCELLED
        Api.act(Api.post(Api.order().manual()), "cancel").then().statusCode(200); // of another channel
        receivedOrder();
        awaitMessages(2);
        assertThat(receiver.messages()).extracting(WebhookReceiver.Message::type)
                .containsExactly("order.cancelled", "order.received");
        assertThat(receiver.messages().get(0).json().at("/data/orderId").asText()).isEqualTo(order);
    }

    @Test
    void batches_andPartners_areTold() {
        create(Map.of("url", receiver.url(), "eventTypes", List.of("batch.updated", "partner.updated")));
        String batch = Api.batch(List.of(receivedOrder())).create();
        Api.awaitEnd(batch);
        given().post("/api/partners/carrier/pause").then().statusCode(200);
        given().post("/api/partners/carrier/resume").then().statusCode(200);
        until(() -> {
            assertThat(receiver.messages()).anyMatch(message -> message.type().equals("batch.updated")
                    && message.json().at("/data/id").asText().equals(batch)
                    && message.json().at("/data/status").asText().equals("COMPLETED"));
            assertThat(receiver.messages()).anyMatch(message -> message.type().equals("partner.updated")
                    && message.json().at("/data/name").asText().equals("carrier")
                    && message.json().at("/data/state").asText().equals("PAUSED"));
        });
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
    void eventThatHasBeenRemoved_isNotSent_andTheEndpointIsNotToBlame() throws SQLException {
        String id = create("order.received").getString("id");
        String order = receivedOrder();
        awaitStatus(id, "DELIVERED");
        update("delete from event_log where order_id = ?", UUID.fromString(order));
        send("/" + id + "/replay", Map.of("status", "DELIVERED")).then().statusCode(202).body("deliveries", is(1));
        awaitStatus(id, "FAILED");
        assertThat(deliveries(id).getString("items[0].lastError")).contains("removed");
        assertThat(receiver.messages()).hasSize(1);
        assertThat(webhook(id).getString("failingSince")).isNull();
    }

    @Test
    void eventsThatWereRemovedBeforeTheyWereSent_areTold() throws SQLException {
        String id = create("order.received").getString("id");
        update("update log_trim set xid = greatest(xid, 1)");
        update("update webhook set cursor_xid = 0 where id = ?", UUID.fromString(id));
        receivedOrder();
        awaitMessages(1);
        assertThat(webhook(id).getString("missedEventsAt")).isNotNull();
        assertThat(given().get("/").asString()).contains("missed events");
        change(id, Map.of("enabled", true)).then().statusCode(200).body("missedEventsAt", nullValue());
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
