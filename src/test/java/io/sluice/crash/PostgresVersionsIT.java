package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.schema.DatabaseLogin;
import io.sluice.schema.Schema;
import io.sluice.testing.Http;
import io.sluice.testing.Ports;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.SseClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Every version of PostgreSQL from 13 on. {@code -Ppostgres-versions} fetches those that are not embedded. */
@ExtendWith(FleetScenarios.class)
class PostgresVersionsIT {
    private static final Path BINARIES = Path.of("target", "postgres-versions");
    private static final int ORDERS = 50;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17})
    void ordersAreHandled_andTheirEventsRead(int version, Fleet fleet) throws Exception {
        Path jar = BINARIES.resolve("postgres-" + version + ".jar");
        Assumptions.assumeTrue(Files.exists(jar), "Run with -Ppostgres-versions");
        fleet.dismissWorkers();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setDataDirectory(folder.resolve("data"))
                .setPgBinaryResolver((system, machine) -> binaries(jar))
                .start()) {
            new Schema(new DatabaseLogin("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres",
                    "")).migrate("");
            Map<String, String> owner = Map.of("QUARKUS_DATASOURCE_USERNAME", "postgres", "SLUICE_QUEUE_ADDRESS",
                    "postgres-" + version);
            SluiceProcess api = fleet.launchApi(Ports.free(), server.getPort(), fleet.broker.port(), owner)
                    .awaitReady();
            fleet.launchWorker("postgres-" + version, owner, server.getPort(), fleet.broker.port()).awaitReady();
            OrderBook orders = fleet.openBook();
            try (SseClient events = SseClient.open(api.url() + "/api/events")) {
                for (int i = 0; i < ORDERS; i++) {
                    orders.accept(api.url(), "V-" + i).expect(202);
                }
                orders.await("all are handled", () -> count(api, "/api/orders?limit=100&status=HANDLED") == ORDERS);
                orders.await("events of all are sent", () -> events.events()
                        .stream()
                        .filter(event -> event.data().path("status").asText().equals("HANDLED"))
                        .count() == ORDERS);
            }
            assertThat(count(api, "/api/orders?q=lovelace&limit=100")).isEqualTo(ORDERS);
            fleet.dismissWorkers();
        }
    }

    private static int count(SluiceProcess api, String path) {
        return Http.get(api.url() + path).expect(200).json().path("items").size();
    }

    private static InputStream binaries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry archive = zip.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow();
            return new ByteArrayInputStream(zip.getInputStream(archive).readAllBytes());
        }
    }
}
