package io.sluice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.embedded.EmbeddedServices;
import io.sluice.testing.Orders;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;

/** The broker goes away and comes back; orders are taken in all the while. */
class BrokerOutageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void ordersAreAcceptedWithoutTheBroker_andTheirMessagesFollowWhenItIsBack() throws Exception {
        try (EmbeddedServices services = EmbeddedServices.startOrJoin(folder.resolve("services"), line -> {
        });
                Tap broker = new Tap(services.brokerPort())) {
            services.announce(Optional.empty());
            broker.shut();
            try (SluiceProcess api = SluiceProcess.start(folder, Map.of("SLUICE_ROLE", "api",
                    "QUARKUS_DATASOURCE_REACTIVE_URL", services.databaseUrl(),
                    "QUARKUS_DATASOURCE_USERNAME", services.databaseUser(),
                    "AMQP_HOST", "127.0.0.1", "AMQP_PORT", Integer.toString(broker.port()))).awaitReady()) {
                Set<String> ids = post(api, 25);
                assertHealthy(api);
                assertThat(outbox(services)).isEqualTo(25);
                broker.open();
                await().atMost(PATIENCE).until(() -> outbox(services) == 0);
                broker.shut();
                ids.addAll(post(api, 25));
                assertHealthy(api);
                broker.open();
                await().atMost(PATIENCE).until(() -> outbox(services) == 0);
                assertThat(broker.connections()).as("connections an API process keeps").isLessThanOrEqualTo(2);
                ids.forEach(id -> assertThat(given().get(api.url() + "/api/orders/" + id).<String>path("status"))
                        .isEqualTo("QUEUED"));
                handleAll(services, api, ids);
            }
        }
    }

    private void handleAll(EmbeddedServices services, SluiceProcess api, Set<String> ids) {
        try (SluiceProcess worker = SluiceProcess.start(folder, Map.of("SLUICE_ROLE", "worker",
                "QUARKUS_DATASOURCE_REACTIVE_URL", services.databaseUrl(),
                "QUARKUS_DATASOURCE_USERNAME", services.databaseUser(),
                "AMQP_HOST", services.brokerHost(), "AMQP_PORT", Integer.toString(services.brokerPort()),
                "SLUICE_SIMULATOR_ENABLED", "true")).awaitReady()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> ids.forEach(id -> assertThat(
                            given().get(api.url() + "/api/orders/" + id).<String>path("status")).isEqualTo("HANDLED")));
            assertThat(worker.terminate()).isZero();
        }
    }

    private static Set<String> post(SluiceProcess api, int count) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ids.add(given().contentType("application/json")
                    .body(Orders.json("auto"))
                    .post(api.url() + "/api/orders")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id"));
        }
        return ids;
    }

    private static void assertHealthy(SluiceProcess api) {
        given().get(api.url() + "/q/health/live").then().statusCode(200);
        given().get(api.url() + "/q/health/ready").then().statusCode(200);
    }

    private static int outbox(EmbeddedServices services) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:" + services.databaseUrl(), services.databaseUser(),
                "");
                ResultSet rows = connection.createStatement().executeQuery("select count(*) from outbox")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
