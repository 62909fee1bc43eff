package io.sluice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.Orders;
import io.sluice.testing.SluiceProcess;

/** Processes of the packaged application are really killed; nothing may be lost, and nothing happen twice. */
class CrashIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> STEPS = List.of("print-packing-slip", "create-shipment", "send-tracking",
            "mark-shipped");

    @TempDir
    Path folder;
    private Path data;

    @BeforeEach
    void dataFolder() {
        data = folder.resolve("data");
    }

    private static List<String> post(SluiceProcess api, String handling, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(given().contentType("application/json")
                    .body(Orders.json(handling))
                    .post(api.url() + "/api/orders")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id"));
        }
        return ids;
    }

    private static String status(SluiceProcess api, String id) {
        return given().get(api.url() + "/api/orders/" + id).path("status");
    }

    private static long handled(SluiceProcess api, List<String> ids) {
        return ids.stream().filter(id -> status(api, id).equals("HANDLED")).count();
    }

    private String simulator() throws Exception {
        try (var record = Files.newBufferedReader(data.resolve("services.properties"))) {
            Properties services = new Properties();
            services.load(record);
            return services.getProperty("simulator.url");
        }
    }

    private void assertEachStepOnce(SluiceProcess api, List<String> ids) throws Exception {
        for (String id : ids) {
            List<Map<String, Object>> attempts = given().get(api.url() + "/api/orders/" + id + "/history")
                    .jsonPath()
                    .getList("attempts");
            assertThat(attempts.stream().filter(a -> a.get("outcome").equals("SUCCEEDED")).map(a -> a.get("step")))
                    .as("steps of order %s", id)
                    .containsExactlyElementsOf(STEPS);
            assertThat(given().get(simulator() + "/simulator/carrier/shipments?orderId=" + id).jsonPath().getList(""))
                    .as("shipments of order %s", id)
                    .hasSize(1);
        }
    }

    private List<String> printed(List<String> ids) throws Exception {
        return given().get(simulator() + "/simulator/printer/jobs")
                .jsonPath()
                .<String>getList("orderId")
                .stream()
                .filter(ids::contains)
                .toList();
    }

    @Test
    void everythingInOneProcess_killedInTheMiddle_losesNothing() throws Exception {
        List<String> single;
        List<String> batch;
        try (SluiceProcess first = SluiceProcess.start(folder, Map.of()).awaitReady()) {
            batch = post(first, "manual", 20);
            single = post(first, "auto", 60);
            given().contentType("application/json")
                    .body(Map.of("orderIds", batch))
                    .post(first.url() + "/api/batches")
                    .then()
                    .statusCode(202);
            await().atMost(PATIENCE).until(() -> handled(first, batch) >= 3);
            first.kill();
        }
        try (SluiceProcess second = SluiceProcess.start(folder, Map.of()).awaitReady()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> handled(second, single) == 60 && handled(second, batch) == 20);
            assertEachStepOnce(second, single);
            assertEachStepOnce(second, batch);
            assertThat(printed(batch)).isEqualTo(batch);
            assertThat(second.terminate()).isZero();
        }
    }

    @Test
    void workerKilled_anotherGoesOnWhereItWas() throws Exception {
        try (SluiceProcess api = SluiceProcess.start(folder, Map.of("SLUICE_ROLE", "api")).awaitReady();
                SluiceProcess doomed = worker("doomed").awaitReady();
                SluiceProcess survivor = worker("survivor").awaitReady()) {
            List<String> ids = post(api, "auto", 60);
            await().atMost(PATIENCE).until(() -> ids.stream().anyMatch(id -> actors(api, id).contains("doomed")));
            doomed.kill();
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> handled(api, ids) == 60);
            assertEachStepOnce(api, ids);
            assertThat(ids.stream().flatMap(id -> actors(api, id).stream())).contains("survivor");
            assertThat(survivor.terminate()).isZero();
        }
    }

    private SluiceProcess worker(String name) {
        return SluiceProcess.start(folder, Map.of("SLUICE_ROLE", "worker", "SLUICE_WORKER_NAME", name));
    }

    private static List<String> actors(SluiceProcess api, String id) {
        return given().get(api.url() + "/api/orders/" + id + "/history").jsonPath().getList("attempts.actor");
    }
}
