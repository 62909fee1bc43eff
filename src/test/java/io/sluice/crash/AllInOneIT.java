package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.SluiceProcess;

/** Kills and restarts a single process with the role {@code all}. */
class AllInOneIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void killedInTheMiddle_losesNothing_andPrintsTheBatchInItsOrder() throws Exception {
        List<String> single;
        List<String> batch;
        try (SluiceProcess first = SluiceProcess.start(folder, Map.of()).awaitReady()) {
            batch = Api.post(first.url(), 20, Api.order().manual());
            single = Api.post(first.url(), 60, Api.order());
            Api.batch(batch).createAt(first.url());
            Awaitility.await().atMost(PATIENCE).until(() -> handled(first, batch) >= 3);
            first.kill();
        }
        try (SluiceProcess second = SluiceProcess.start(folder, Map.of()).awaitReady()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> handled(second, single) == 60 && handled(second, batch) == 20);
            assertThat(handledOnce("/simulator/carrier/shipments")).containsAll(single).containsAll(batch);
            List<String> sheets = handledOnce("/simulator/printer/jobs");
            assertThat(sheets.stream().filter(batch::contains).toList()).isEqualTo(batch);
            assertThat(sheets).containsAll(single);
            for (String id : single) {
                assertThat(succeededSteps(second, id)).isEqualTo(Invariants.PLAN);
            }
            assertThat(second.terminate()).isZero();
        }
    }

    /** Ctrl-C in the terminal of {@code ./mvnw -Prun}: a signal, and the end of the build, both at once. */
    @Test
    void toldTwiceToStop_stopsOnce() throws Exception {
        Process build = new ProcessBuilder("sleep", "600").start();
        try (SluiceProcess process = SluiceProcess
                .start(folder, Map.of(), "-Xmx512m", "-Dsluice.stop-with=" + build.pid())
                .awaitReady()) {
            process.askToStop();
            build.destroy();
            assertThat(process.awaitEnd()).isZero();
            assertThat(process.output()).noneMatch(line -> line.contains("WARN") || line.contains("shut down cleanly"));
        } finally {
            build.destroy();
        }
    }

    private static long handled(SluiceProcess process, List<String> ids) {
        return Http.get(process.url() + "/api/orders?limit=200&status=HANDLED")
                .json()
                .findValuesAsText("id")
                .stream()
                .filter(ids::contains)
                .count();
    }

    private static List<String> succeededSteps(SluiceProcess process, String id) {
        JsonNode attempts = Http.get(process.url() + "/api/orders/" + id + "/history").json().path("attempts");
        return IntStream.range(0, attempts.size())
                .mapToObj(attempts::get)
                .filter(attempt -> attempt.path("outcome").asText().equals("SUCCEEDED"))
                .map(attempt -> attempt.path("step").asText())
                .toList();
    }

    /** The orders in the journal of the simulator, in sequence. Fails if an order occurs twice. */
    private List<String> handledOnce(String effects) throws Exception {
        List<String> orders = Http.get(simulator() + effects).json().findValuesAsText("orderId");
        assertThat(orders).as(effects).doesNotHaveDuplicates();
        return orders;
    }

    private String simulator() throws Exception {
        try (var record = Files.newBufferedReader(folder.resolve("data").resolve("services.properties"))) {
            Properties services = new Properties();
            services.load(record);
            return services.getProperty("simulator.url");
        }
    }
}
