package io.sluice.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.OtlpReceiver;
import io.sluice.testing.OtlpReceiver.Received;
import io.sluice.testing.SluiceProcess;

/** Traces of processes, as users turn them on. */
class TracesIT {
    /** Of a step: long enough to kill its worker in the middle. */
    private static final String LATENCY = "3s";

    @TempDir
    Path folder;

    private final OtlpReceiver receiver = new OtlpReceiver();

    @Test
    void workerIsKilled_theNextAttemptLinksToTheRequest() {
        try (SluiceProcess api = start("api", receiver.url()).awaitReady();
                SluiceProcess doomed = start("worker", receiver.url()).awaitReady()) {
            String id = Api.post(api.url(), Api.order());
            Api.until(() -> assertThat(steps(id, "print-packing-slip")).isNotEmpty());
            doomed.kill();
            try (SluiceProcess heir = start("worker", receiver.url()).awaitReady()) {
                awaitHandled(api, id);
                Api.until(() -> assertThat(steps(id, "mark-shipped")).isNotEmpty());
            }

            Received request = receiver.spans()
                    .stream()
                    .filter(span -> span.name().equals("POST /api/orders"))
                    .findFirst()
                    .orElseThrow();
            assertThat(steps(id, "print-packing-slip").get(0).parent()).isEqualTo(request.id());
            Received shipment = steps(id, "create-shipment").get(0);
            assertThat(shipment.traceId()).isNotEqualTo(request.traceId());
            assertThat(shipment.links()).containsExactly(request.id());
            assertThat(steps(id, "mark-shipped").get(0).parent()).isEqualTo(request.id());
        }
    }

    @Test
    void receiverIsDown_ordersAreHandled_andTheLogHasALineAWhile() {
        receiver.close();
        try (SluiceProcess process = start("all", receiver.url()).awaitReady()) {
            List<String> ids = Api.post(process.url(), 20, Api.order());
            ids.forEach(id -> awaitHandled(process, id));

            assertThat(process.terminate()).isZero();
            assertThat(process.output()).filteredOn(line -> line.contains("Failed to export")).hasSizeBetween(1, 10);
            assertThat(process.output()).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    @Test
    void withoutAnEndpoint_nothingIsSent() {
        try (SluiceProcess process = start("all", "").awaitReady()) {
            String id = Api.post(process.url(), Api.order()
                    .header("traceparent",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
            awaitHandled(process, id);

            assertThat(Http.get(process.url() + "/api/orders/" + id + "/history").json().has("traceId")).isFalse();
            assertThat(process.terminate()).isZero();
            assertThat(receiver.spans()).isEmpty();
        }
    }

    private SluiceProcess start(String role, String endpoint) {
        Map<String, String> environment = new HashMap<>(Map.of("SLUICE_ROLE", role, "SLUICE_TRACING_ENDPOINT", endpoint,
                "SLUICE_SIMULATOR_LATENCY", role.equals("all") ? "0ms" : LATENCY,
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms"));
        if (endpoint.isEmpty()) {
            environment.put("QUARKUS_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.url());
        }
        return SluiceProcess.start(folder, environment);
    }

    private static void awaitHandled(SluiceProcess process, String id) {
        Api.until(() -> assertThat(Http.get(process.url() + "/api/orders/" + id).json().path("status").asText())
                .isEqualTo("HANDLED"));
    }

    private List<Received> steps(String orderId, String name) {
        return receiver.spans().stream().filter(span -> span.isOf(orderId) && span.name().equals(name)).toList();
    }
}
