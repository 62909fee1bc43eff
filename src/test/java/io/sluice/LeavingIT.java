package io.sluice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.embedded.EmbeddedServices;
import io.sluice.simulator.Simulator;
import io.sluice.simulator.SimulatorSettings;
import io.sluice.testing.Orders;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.SseClient;

/** Processes are told to stop in the middle of their work. Leases last far longer than any test waits. */
class LeavingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> STEPS = List.of("print-packing-slip", "create-shipment", "send-tracking",
            "mark-shipped");
    private static final int LONG_MS = 300_000;

    @TempDir
    Path folder;
    private EmbeddedServices services;
    private Simulator simulator;

    @BeforeEach
    void startServices() {
        simulator = Simulator.start(new SimulatorSettings(0, Duration.ofMillis(20), 0, 17L, null));
        services = EmbeddedServices.startOrJoin(folder.resolve("services"), line -> {
        });
        services.announce(Optional.empty());
    }

    @AfterEach
    void stopServices() {
        services.close();
        simulator.close();
    }

    @Test
    void stepThatRuns_endsAndIsRecorded_andAnotherWorkerGoesOnAtOnce() {
        latency("printer", 6_000);
        try (SluiceProcess api = start("api", "api").awaitReady();
                SluiceProcess leaver = start("worker", "leaver").awaitReady()) {
            String id = post(api);
            await().atMost(PATIENCE).until(() -> "HANDLING".equals(status(api, id)));
            leaver.askToStop();
            await().atMost(PATIENCE)
                    .until(() -> given().get(leaver.url() + "/q/health/ready").statusCode() == 503);
            assertThat(leaver.awaitEnd()).isZero();
            assertThat(attempts(api, id, "actor")).containsExactly("leaver");
            assertThat(attempts(api, id, "outcome")).containsExactly("SUCCEEDED");
            try (SluiceProcess successor = start("worker", "successor").awaitReady()) {
                await().atMost(PATIENCE).until(() -> "HANDLED".equals(status(api, id)));
                assertThat(successor.terminate()).isZero();
            }
            assertThat(attempts(api, id, "step")).isEqualTo(STEPS);
            assertThat(attempts(api, id, "actor")).containsExactly("leaver", "successor", "successor", "successor");
            assertOneEffectEach(id);
        }
    }

    @Test
    void stepThatDoesNotEnd_isGivenBack_andAnotherWorkerTakesItOverAtOnce() {
        latency("printer", LONG_MS);
        try (SluiceProcess api = start("api", "api").awaitReady();
                SluiceProcess leaver = start("worker", "leaver").awaitReady()) {
            String id = post(api);
            await().atMost(PATIENCE).until(() -> "HANDLING".equals(status(api, id)));
            latency("printer", 20);
            try (SluiceProcess successor = start("worker", "successor").awaitReady()) {
                assertThat(leaver.terminate()).isZero();
                await().atMost(PATIENCE).until(() -> "HANDLED".equals(status(api, id)));
                assertThat(successor.terminate()).isZero();
            }
            assertThat(leaver.output()).anyMatch(line -> line.contains("1 orders were given back"));
            assertThat(attempts(api, id, "outcome"))
                    .containsExactly("UNKNOWN", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
            assertThat(attempts(api, id, "actor").get(0)).isEqualTo("leaver");
            assertThat(attempts(api, id, "step").subList(1, 5)).isEqualTo(STEPS);
            assertThat(attempts(api, id, "actor").subList(1, 5)).containsOnly("successor");
            assertOneEffectEach(id);
        }
    }

    @Test
    void clients_areAnsweredAndTheirStreamsEnd_andTheyResumeElsewhereWithoutLoss() {
        try (SluiceProcess leaver = start("api", "leaver").awaitReady();
                SluiceProcess stays = start("api", "stays").awaitReady()) {
            SseClient client = SseClient.open(leaver.url() + "/api/events");
            String before = post(leaver);
            CompletableFuture<HttpResponse<String>> held = postAndWait(leaver);
            await().atMost(PATIENCE).until(() -> orders(client).size() == 2);
            assertThat(held).isNotDone();

            assertThat(leaver.terminate()).isZero();
            client.close();
            assertThat(client.ends()).as("streams that ended with their last chunk").isEqualTo(1);
            assertThat(held.join().statusCode()).isEqualTo(202);
            assertThat(held.join().body()).contains("\"id\"");

            List<String> after = List.of(post(stays), post(stays));
            try (SseClient resumed = SseClient.resume(stays.url() + "/api/events", client.lastEventId())) {
                await().atMost(PATIENCE).until(() -> orders(resumed).containsAll(after));
                assertThat(orders(resumed)).isEqualTo(after).doesNotContain(before);
            }
        }
    }

    private SluiceProcess start(String role, String name) {
        Map<String, String> environment = new HashMap<>(Map.of("SLUICE_ROLE", role, "SLUICE_WORKER_NAME", name,
                "QUARKUS_DATASOURCE_REACTIVE_URL", services.databaseUrl(),
                "QUARKUS_DATASOURCE_USERNAME", services.databaseUser(),
                "AMQP_HOST", services.brokerHost(), "AMQP_PORT", Integer.toString(services.brokerPort()),
                "SLUICE_PARTNERS_TIMEOUT_MS", Integer.toString(2 * LONG_MS), "SLUICE_HANDLING_LEASE", "30m"));
        List.of("carrier", "printer", "marketplace")
                .forEach(partner -> environment.put("SLUICE_PARTNERS_" + partner.toUpperCase() + "_URL",
                        "http://127.0.0.1:" + simulator.port() + "/" + partner));
        return SluiceProcess.start(folder, environment);
    }

    private void latency(String partner, int millis) {
        given().contentType("application/json")
                .body(Map.of("latencyMs", millis))
                .patch(simulatorUrl("/partners/" + partner))
                .then()
                .statusCode(200);
    }

    private String simulatorUrl(String path) {
        return "http://127.0.0.1:" + simulator.port() + "/simulator" + path;
    }

    private static String post(SluiceProcess api) {
        return given().contentType("application/json")
                .body(Orders.json("auto"))
                .post(api.url() + "/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static CompletableFuture<HttpResponse<String>> postAndWait(SluiceProcess api) {
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(URI.create(api.url() + "/api/orders"))
                        .header("Content-Type", "application/json")
                        .header("Prefer", "wait=60")
                        .POST(HttpRequest.BodyPublishers.ofString(Orders.json("auto")))
                        .build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String status(SluiceProcess api, String id) {
        return given().get(api.url() + "/api/orders/" + id).path("status");
    }

    private static List<String> attempts(SluiceProcess api, String id, String field) {
        return given().get(api.url() + "/api/orders/" + id + "/history").jsonPath().getList("attempts." + field);
    }

    private static List<String> orders(SseClient client) {
        return client.events().stream().map(event -> event.text("orderId")).toList();
    }

    private void assertOneEffectEach(String id) {
        assertThat(given().get(simulatorUrl("/carrier/shipments?orderId=" + id)).jsonPath().getList("")).hasSize(1);
        assertThat(given().get(simulatorUrl("/printer/jobs")).jsonPath().<String>getList("orderId"))
                .containsExactly(id);
    }
}
