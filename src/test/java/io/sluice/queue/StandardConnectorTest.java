package io.sluice.queue;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.testing.AmqpQueue;
import io.sluice.testing.Log;
import io.sluice.testing.Orders;
import io.sluice.testing.SluiceServices;

/** Another connector is a matter of configuration: the one that {@code docs/messaging.md} gives. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestProfile(StandardConnectorTest.Standard.class)
class StandardConnectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ConfigProperty(name = "amqp-port")
    int brokerPort;

    @Test
    void orderIsHandled() {
        String order = given().contentType("application/json")
                .body(Orders.json("auto"))
                .post("/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/orders/" + order).then().body("status", is("HANDLED")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/q/metrics")
                        .then()
                        .body(containsString("sluice_outbox_rows 0.0"))
                        .body(containsString("sluice_broker_reachable 1.0"))
                        .body(not(containsString("sluice_broker_receiving"))));
        given().get("/q/health").then().statusCode(200);
    }

    /** The order could be handled without any message; this one is found by no other way. */
    @Test
    void messagesAreReceived() throws Exception {
        try (Log log = new Log(WorkReceiver.class)) {
            AmqpQueue.send(brokerPort, "sluice.work", "nonsense");
            await().atMost(PATIENCE)
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains("not the id of an order")));
        }
    }

    public static class Standard implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("mp.messaging.incoming.work.connector", "smallrye-amqp",
                    "mp.messaging.outgoing.outbox.connector", "smallrye-amqp",
                    "quarkus.messaging.health.work.readiness.enabled", "false",
                    "quarkus.messaging.health.outbox.readiness.enabled", "false");
        }
    }
}
