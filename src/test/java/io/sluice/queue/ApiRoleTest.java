package io.sluice.queue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.observability.DocumentedMetrics;
import io.sluice.store.WorkerTable;
import io.sluice.testing.AmqpQueue;
import io.sluice.testing.Api;
import io.sluice.testing.Orders;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

/** An api process sends messages and leaves them to the workers. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestProfile(ApiRoleTest.ApiOnly.class)
class ApiRoleTest {
    @TestHTTPResource("/api/events")
    URI events;

    @Inject
    WorkerTable workers;

    @ConfigProperty(name = "amqp-port")
    int brokerPort;

    @Test
    void sendsAndDoesNotReceive() throws Exception {
        String order = given().contentType("application/json")
                .body(Orders.json("auto"))
                .post("/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(30)).until(() -> metrics().contains("sluice_outbox_rows 0.0"));
        assertThat(AmqpQueue.drain(brokerPort, "sluice.work")).contains(order);
        given().get("/q/health").then().statusCode(200).body(containsString("outbox"));
    }

    @Test
    void metrics_areThoseOfTheTable() {
        DocumentedMetrics.assertThatRoleHasThem("api");
    }

    @Test
    void withoutAWorker_orWithNoneThatReceives_everyPageSaysSo() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/").asString().contains("data-testid=\"no-worker\""));
        assertThat(given().get("/batches").asString()).contains("No worker is running.");
        assertThat(given().get("/workers").asString()).doesNotContain("data-state=\"RUNNING\"");

        UUID run = UUID.randomUUID();
        seen("bench-1", run, false);
        assertThat(given().get("/batches").asString())
                .contains("No worker is connected to the message broker.")
                .doesNotContain("No worker is running.");
        assertThat(given().get("/workers").asString())
                .contains("data-worker=\"bench-1\" data-state=\"DISCONNECTED\"", "role worker, version 1.0");

        UUID second = UUID.randomUUID();
        seen("bench-2", second, true);
        assertThat(given().get("/batches").asString()).doesNotContain("data-testid=\"partner-banner\"");
        assertThat(given().get("/dashboard/workers").asString())
                .startsWith("<section id=\"worker-list\">")
                .contains("data-worker=\"bench-2\" data-state=\"RUNNING\"");
        workers.left(run).await().indefinitely();
        workers.left(second).await().indefinitely();
    }

    private void seen(String name, UUID run, boolean receiving) {
        workers.seen(name, run, "worker", "1.0", receiving).await().indefinitely();
    }

    /** The bound of a replay is part of this profile only. */
    @Test
    void clientThatHasMissedTooMuch_isToldToResync_andThenFollows() {
        try (SseClient present = SseClient.open(events.toString())) {
            for (int i = 0; i < 3; i++) {
                awaitEvent(present, Api.send(Api.order().manual()).path("id"));
            }
        }
        try (SseClient client = SseClient.resume(events.toString(), "0-0")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> !client.events().isEmpty());
            assertThat(client.events().get(0).type()).isEqualTo("resync");
            awaitEvent(client, Api.send(Api.order().manual()).path("id"));
            assertThat(client.events()).hasSize(2);
        }
    }

    /** The patience, too. */
    @Test
    void streamOfOrdersThatStandsStill_isCut() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", events.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/orders/bulk HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n"
                            + "Content-Type: application/x-ndjson\r\n\r\n ").getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 OK").doesNotContain("\r\n0\r\n");
        }
    }

    private static void awaitEvent(SseClient client, String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.events().stream().anyMatch(event -> id.equals(event.text("orderId"))));
    }

    /** Pages of other sites may use the API in this profile only. */
    @Test
    void answersVaryByOrigin_onceOtherSitesMayAsk() {
        for (String path : List.of("/api/orders", "/api/orders/none", "/", "/q/health/live")) {
            for (String origin : List.of("https://shop.example", "https://other.example")) {
                List<String> vary = given().header("Origin", origin).get(path).headers().getValues("Vary");
                assertThat(vary.stream().filter(field -> field.toLowerCase(Locale.ROOT).contains("origin")))
                        .as(path)
                        .hasSize(1);
            }
            assertThat(String.join(",", given().get(path).headers().getValues("Vary"))).containsIgnoringCase("Origin");
        }
        given().header("Origin", "https://shop.example")
                .get("/api/orders")
                .then()
                .header("Access-Control-Allow-Origin", is("https://shop.example"));
    }

    private static String metrics() {
        return given().get("/q/metrics").asString();
    }

    public static class ApiOnly implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.role", "api", "sluice.stream.replay-events", "2",
                    "sluice.accept.bulk-patience", "2s", "quarkus.http.cors.enabled", "true",
                    "quarkus.http.cors.origins", "https://shop.example");
        }
    }
}
