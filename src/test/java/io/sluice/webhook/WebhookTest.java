package io.sluice.webhook;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.testing.Api;
import io.sluice.testing.NpmPackages;
import io.sluice.testing.Program;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.WebhookReceiver;

/** Events on their way to the endpoints of integrators. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WebhookTest extends WebhookTestBase {
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
        NpmPackages.install();
        JsonPath webhook = create("order.received");
        receivedOrder();
        awaitMessages(1);
        WebhookReceiver.Message message = receiver.messages().get(0);
        Program.Result good = NodeLibrary.verify(json.writeValueAsString(Map.of("secret",
                webhook.getString("secret"), "body", message.body(), "headers", message.headers())));
        assertThat(good.exit()).as(good.output()).isZero();
        assertThat(json.readTree(good.output())).isEqualTo(message.json());
        Program.Result forged = NodeLibrary.verify(json.writeValueAsString(Map.of("secret",
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
    void gone_disablesTheEndpoint_andIsTold_andEnabledAgainItMissesNothing() {
        receiver.answers(410);
        String id = create("order.received").getString("id");
        receivedOrder();
        until(() -> assertThat(webhook(id).getBoolean("enabled")).isFalse());
        assertThat(webhook(id).getString("disabled.reason")).isEqualTo("gone");
        assertThat(webhook(id).getString("disabled.since")).isNotNull();
        assertThat(given().get("/").asString()).contains("webhook-notice", "127.0.0.1:" + receiver.port(),
                "is disabled", "<a href=\"webhooks\">Show webhooks</a>");
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
}
