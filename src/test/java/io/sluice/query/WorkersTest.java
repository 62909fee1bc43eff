package io.sluice.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.store.WorkerTable;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/** The list of workers. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WorkersTest {
    @Inject
    WorkerTable table;

    private final String other = "other-" + UUID.randomUUID();

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    private static Map<String, Object> worker(String name) {
        return JsonPath.from(given().get("/api/workers").asString())
                .<Map<String, Object>>getList("")
                .stream()
                .filter(worker -> worker.get("name").equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Instant time(String name, String field) {
        return Instant.parse(worker(name).get(field).toString());
    }

    @Test
    void thisProcess_isThere_withTheOrdersThatItHas() {
        Partners.set("printer", Map.of("latencyMs", 60_000));
        Api.awaitStatus(Api.post(Api.order()), "HANDLING");
        String name = given().get("/api/workers").path("find { it.orders > 0 }.name");
        assertThat(worker(name)).containsEntry("role", "all")
                .containsEntry("alive", true)
                .containsEntry("receiving", true)
                .containsKeys("version", "lanes");
        assertThat(Duration.between(time(name, "lastSeen"), Instant.now())).isLessThan(Duration.ofMinutes(1));
        given().get("/").then().body(not(containsString("no-worker")));
    }

    @Test
    void processWithTheSameName_beginsAnew() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        seen(first);
        Instant since = time(other, "since");
        seen(first);
        assertThat(time(other, "since")).isEqualTo(since);
        assertThat(time(other, "lastSeen")).isAfter(since);
        seen(second);
        assertThat(time(other, "since")).isAfter(since);
        // The farewell of the first one comes late.
        table.left(first).await().indefinitely();
        assertThat(worker(other)).containsEntry("orders", 0);
        table.left(second).await().indefinitely();
        assertThat(worker(other)).isNull();
    }

    private void seen(UUID run) {
        table.seen(other, run, "worker", "1.0", true).await().indefinitely();
    }
}
