package io.sluice.queue;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.message.Message;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.Log;
import io.sluice.testing.OrderMessages;
import io.sluice.testing.OrderRequest;
import io.sluice.testing.SluiceServices;

/** Orders as messages, with a real broker and database. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class OrderReceiverTest {
    private static final String SENT_BEFORE = "An event with this source and id was sent before, with another order. "
            + "Use a new id for each event.";

    private final String channel = "amqp-" + UUID.randomUUID().toString().substring(0, 8);
    private OrderMessages messages;

    @ConfigProperty(name = "amqp-port")
    int brokerPort;

    @BeforeEach
    void connect() {
        messages = new OrderMessages(brokerPort);
    }

    @AfterEach
    void close() {
        messages.close();
    }

    private OrderRequest manual() {
        return order().manual().channel(channel);
    }

    private void awaitOrders(int count) {
        Api.until(() -> given().get("/api/orders?limit=200&channel=" + channel).then().body("items", hasSize(count)));
    }

    private static double counted(String outcome) {
        String line = given().get("/q/metrics")
                .asString()
                .lines()
                .filter(metric -> metric.startsWith("sluice_order_messages_total{outcome=\"" + outcome + "\"}"))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
    }

    /** Sends messages of which as many are to be known already, and waits until they have been taken. */
    private void sendKnown(int known, Message... all) {
        double before = counted("known");
        messages.send(all);
        Api.until(() -> assertThat(counted("known")).isEqualTo(before + known));
    }

    private JsonNode problemOf(Message message) {
        messages.send(message);
        return OrderMessages.problem(messages.rejected(message.getMessageId()));
    }

    @Test
    void event_becomesAnOrderThatIsHandled() {
        messages.send(OrderMessages.event(order().channel(channel).externalId("A-1").json()));
        awaitOrders(1);
        Api.until(() -> given().get("/api/orders?channel=" + channel)
                .then()
                .body("items[0].status", is("HANDLED"))
                .body("items[0].externalId", is("A-1"))
                .body("items[0].customer.name", is("Ada Lovelace")));
        assertThat(messages.rejected()).isEmpty();
    }

    @Test
    void healthAndMetrics_tellThatOrdersAreReceived() {
        Api.until(() -> given().get("/q/metrics").then().body(containsString("sluice_order_messages_receiving 1.0")));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'SmallRye Reactive Messaging - readiness check' }.data.orders",
                        is("[OK] - receiving"));
    }

    @Test
    void sameEvent_inAnyMode_isOneOrder() {
        String id = UUID.randomUUID().toString();
        String json = manual().withoutExternalId().json();
        messages.send(OrderMessages.event(id, json));
        awaitOrders(1);
        Message structured = OrderMessages.event(id, """
                {"specversion": "1.0", "id": "%s", "source": "%s", "type": "%s", "data": %s}
                """.formatted(id, OrderMessages.SOURCE, OrderMessages.TYPE, json));
        structured.setContentType("application/cloudevents+json");
        structured.setApplicationProperties(null);
        sendKnown(3, OrderMessages.event(id, json), OrderMessages.event(id, " " + json), structured);
        awaitOrders(1);
    }

    @Test
    void sameIdOfAnotherSource_isAnotherOrder() {
        String id = UUID.randomUUID().toString();
        String json = manual().withoutExternalId().json();
        Message other = OrderMessages.event(id, json);
        other.getApplicationProperties().getValue().put("cloudEvents:source", "/other");
        messages.send(OrderMessages.event(id, json), other);
        awaitOrders(2);
    }

    @Test
    void sameEventWithAnotherOrder_isRejected() {
        String id = UUID.randomUUID().toString();
        messages.send(OrderMessages.event(id, manual().withoutExternalId().json()));
        awaitOrders(1);
        Message other = OrderMessages.event(id, manual().withoutExternalId().customer("Charles Babbage").json());
        other.setMessageId(id + "-other");
        JsonNode problem = problemOf(other);
        assertThat(problem.path("status").asInt()).isEqualTo(409);
        assertThat(problem.path("detail").asText()).isEqualTo(SENT_BEFORE);
        awaitOrders(1);
    }

    @Test
    void sameOrderByHttpAndByMessage_isOneOrder_andAnotherOneIsRejected() {
        OrderRequest first = manual().externalId("B-1");
        Api.post(first);
        sendKnown(1, OrderMessages.event(first.json()));
        JsonNode problem = problemOf(OrderMessages.event(manual().externalId("B-1").customer("Someone else").json()));
        assertThat(problem.path("status").asInt()).isEqualTo(409);
        assertThat(problem.path("detail").asText()).contains("already has an order with externalId 'B-1'");
        messages.send(OrderMessages.event(manual().externalId("B-2").json()));
        awaitOrders(2);
        Api.send(manual().externalId("B-2")).then().statusCode(200);
    }

    /** A key of a request is not one of an event. */
    @Test
    void requestsWithTheSameKey_areOtherOrders() {
        String id = UUID.randomUUID().toString();
        messages.send(OrderMessages.event(id, manual().withoutExternalId().json()));
        awaitOrders(1);
        Api.post(manual().withoutExternalId().header("Idempotency-Key", id).header("X-Remote-User", "CloudEvents"));
        awaitOrders(2);
    }

    @Test
    void invalidOrder_isRejectedWithAllThatIsWrong_andAsItWasSent() {
        Message sent = OrderMessages.event(manual().currency("XXX").line("", "1.999").json());
        sent.setCorrelationId("c-1");
        sent.setTtl(600_000);
        JsonNode problem = problemOf(sent);
        assertThat(problem.path("type").asText()).isEqualTo("urn:sluice:problem:invalid");
        assertThat(problem.path("errors").findValuesAsText("pointer")).contains("/currency", "/lines/0/title");
        Message rejected = messages.rejected(sent.getMessageId());
        assertThat(rejected.getBody()).hasToString(sent.getBody().toString());
        assertThat(rejected.getCorrelationId()).isEqualTo("c-1");
        assertThat(rejected.getContentType()).isEqualTo("application/json");
        assertThat(rejected.getApplicationProperties().getValue())
                .containsAllEntriesOf(sent.getApplicationProperties().getValue());
        assertThat(rejected.isDurable()).isTrue();
        assertThat(rejected.getTtl()).isZero();
        awaitOrders(0);
    }

    @Test
    void rejectedMessage_isLoggedWithoutWhatItSays() {
        try (Log log = new Log(OrderReceiver.class)) {
            Message sent = OrderMessages.event(manual().customer("Ada Secret").with("colour", "red").json());
            problemOf(sent);
            assertThat(log.lines()).filteredOn(line -> line.contains((String) sent.getMessageId()))
                    .singleElement()
                    .asString()
                    .contains("urn:sluice:problem:invalid")
                    .doesNotContain("Secret");
        }
    }

    /** More bad ones than are taken at a time. */
    @Test
    void goodOnesAmongBadOnes_comeThrough() {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            all.add(bad(i));
            if (i % 10 == 0) {
                all.add(OrderMessages.event(manual().externalId("C-" + i).json()));
            }
        }
        double before = counted("rejected");
        messages.send(all);
        awaitOrders(15);
        Api.until(() -> assertThat(messages.rejected()).hasSize(150));
        assertThat(messages.rejected()).allSatisfy(message -> {
            JsonNode problem = OrderMessages.problem(message);
            assertThat(problem.path("status").asInt()).isBetween(400, 422);
        });
        assertThat(counted("rejected")).isEqualTo(before + 150);
    }

    private Message bad(int number) {
        String order = manual().json();
        Message message = OrderMessages.event(order);
        switch (number % 10) {
            case 0 -> message.setBody(null);
            case 1 -> message.setBody(OrderMessages.data("{"));
            case 2 -> message.setApplicationProperties(null);
            case 3 -> message.getApplicationProperties().getValue().put("cloudEvents:id", 17);
            case 4 -> message.setContentType("text/plain");
            case 5 -> message.setBody(new AmqpValue(List.of(order)));
            case 6 -> message.setBody(OrderMessages.data(new String(
                    order.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1)));
            case 7 -> message.setBody(OrderMessages.data(manual().with("note", "a\u0000b").json()));
            case 8 -> message.setContentType("application/cloudevents-batch+json");
            default -> message.setBody(OrderMessages.data("[".repeat(1000)));
        }
        return message;
    }

    @Test
    void hugeMessage_isRejected() {
        Message huge = OrderMessages.event(manual().with("note", "x".repeat(3 << 20)).json());
        assertThat(problemOf(huge).path("status").asInt()).isEqualTo(413);
        assertThat(messages.rejected(huge.getMessageId()).getBody()).hasToString(huge.getBody().toString());
    }
}
