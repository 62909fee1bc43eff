package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.SluiceProcess;

/** Health and metrics at a port of their own until the process ends, and a log that is JSON from its first line. */
class ManagementIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void healthAndMetrics_areAtTheirOwnPortOnly_untilTheProcessEnds() throws Exception {
        int port = freePort();
        String management = "http://127.0.0.1:" + port;
        try (SluiceProcess process = SluiceProcess.start(folder, Map.of("SLUICE_MANAGEMENT_PORT",
                Integer.toString(port),
                "SLUICE_LOG_FORMAT", "json", "SLUICE_SHUTDOWN_DELAY", "2s", "SLUICE_SIMULATOR_LATENCY", "5s"))
                .awaitReady()) {
            eachPortRefusesWhatTheOtherServes(process.url(), management);

            Api.post(process.url(), Api.order());
            await("a step is running").atMost(PATIENCE)
                    .until(() -> Http.get(management + "/q/metrics")
                            .body()
                            .contains("sluice_orders{status=\"HANDLING\"} 1.0"));
            process.askToStop();
            awaitUnready(management);
            Http.get(process.url() + "/api/load").expect(200);
            await("the delay is over").atMost(PATIENCE)
                    .until(() -> Http.get(process.url() + "/api/load").status() == 503);
            awaitUnready(management);
            Http.get(management + "/q/metrics").expect(200);
            assertThat(process.awaitEnd()).isZero();
            everyLineIsJson(process.output());
        }
    }

    /** Configured, other than the main port: the metrics of both servers must go together. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void eachPortRefusesWhatTheOtherServes(String main, String management) {
        for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics")) {
            Http.get(management + path).expect(200);
        }
        for (String path : List.of("/q/health", "/q/health/live", "/q/metrics", "/q/metrics/", "//q/metrics",
                "/q/./metrics", "/q/%6Detrics", "/q/health/none")) {
            assertThat(Http.get(main + path).expect(404).contentType()).isEqualTo("application/problem+json");
        }
        for (String path : List.of("/", "/api/orders", "/q/openapi", "/q/metrics/../../api/orders")) {
            Http.get(main + path).expect(200);
            assertThat(Http.get(management + path).expect(404).contentType()).isEqualTo("application/problem+json");
        }
    }

    private static void awaitUnready(String management) {
        await("not ready").atMost(PATIENCE).until(() -> Http.get(management + "/q/health/ready").status() == 503);
        Http.get(management + "/q/health/live").expect(200);
    }

    private static void everyLineIsJson(List<String> output) throws Exception {
        assertThat(output).anyMatch(line -> line.contains("Starting PostgreSQL"))
                .anyMatch(line -> line.contains("Stopping: no new work"));
        for (String line : output) {
            JsonNode entry = new ObjectMapper().readTree(line);
            for (String field : List.of("timestamp", "level", "loggerName", "message")) {
                assertThat(entry.path(field).isTextual()).as(field + " of " + line).isTrue();
            }
        }
    }
}
