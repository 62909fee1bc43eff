package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.SseClient;

/**
 * The benchmark environment: API process, embedded services, partners with 100 ms latency, and workers with one plan.
 */
final class BatchStand implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Orders per warm-up run. Two runs warm up the workers. */
    private static final int WARM_UP = 200;
    private static final List<String> PARTNERS = List.of("carrier", "printer", "marketplace");
    private static final String[] JVM = {"-Xmx512m"};
    private static final List<String> ENDS = List.of("HANDLED", "FAILED", "CANCELLED");

    private final Path folder;
    private final Map<String, String> plan;
    private final SluiceProcess api;
    private final List<SluiceProcess> workers = new ArrayList<>();

    private BatchStand(Path folder, Map<String, String> plan, SluiceProcess api) {
        this.folder = folder;
        this.plan = plan;
        this.api = api;
    }

    static BatchStand start(Path folder, String steps) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> plan = Map.of("SLUICE_HANDLING_STEPS", steps);
        return new BatchStand(folder, plan, start(folder, plan, Map.of("SLUICE_ROLE", "api")).awaitReady());
    }

    private static SluiceProcess start(Path folder, Map<String, String> plan, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(plan);
        environment.putAll(more);
        return SluiceProcess.start(folder, environment, JVM);
    }

    /** Replaces the workers and warms up the new ones. */
    void replaceWorkers(int count, Map<String, String> settings) throws IOException {
        workers.forEach(SluiceProcess::close);
        workers.clear();
        for (int i = 0; i < count; i++) {
            Map<String, String> environment = new HashMap<>(settings);
            environment.put("SLUICE_ROLE", "worker");
            workers.add(start(folder, plan, environment));
        }
        workers.forEach(SluiceProcess::awaitReady);
        setPartners("latencyMs", 5);
        measure(WARM_UP, "any"); // otherwise one worker prints all slips
        measure(WARM_UP, "as-listed");
        setPartners("latencyMs", 100);
    }

    /** @param share the failure rate of every partner, from 0 to 1 */
    void setFailureRate(double share) throws IOException {
        setPartners("failureRate", share);
    }

    private void setPartners(String what, Object value) throws IOException {
        for (String partner : PARTNERS) {
            Http.patch(simulator() + "/simulator/partners/" + partner, Map.of(what, value)).expect(200);
        }
    }

    /** Runs a batch and returns the seconds from the request to the end of the last order. */
    double measure(int orders, String printOrder) throws IOException {
        List<String> ids = Api.post(api.url(), orders, Api.order().manual().channel("bench"));
        Instant begin = Instant.now();
        String batch = Api.batch(ids).printOrder(printOrder).createAt(api.url());
        Instant end = lastEnd(batch, orders);
        if (!printOrder.equals("any")) {
            assertThat(printed(batch)).isSortedAccordingTo((a, b) -> ids.indexOf(a) - ids.indexOf(b));
        }
        return Duration.between(begin, end).toMillis() / 1000.0;
    }

    private Instant lastEnd(String batch, int orders) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> Http.get(api.url() + "/api/batches/" + batch).json().path("finishedAt").isTextual());
        try (SseClient events = SseClient.resume(api.url() + "/api/events?batch=" + batch, "0-0")) {
            Awaitility.await().atMost(PATIENCE).until(() -> ends(events).size() == orders);
            return ends(events).stream().max(Instant::compareTo).orElseThrow();
        }
    }

    private static List<Instant> ends(SseClient client) {
        return client.events()
                .stream()
                .filter(event -> event.type().equals("order") && ENDS.contains(event.text("status")))
                .map(event -> Instant.parse(event.text("at")))
                .toList();
    }

    private List<String> printed(String batch) throws IOException {
        List<String> orders = new ArrayList<>();
        for (JsonNode job : Http.get(simulator() + "/simulator/printer/jobs").expect(200).json()) {
            if (job.path("batchId").asText().equals(batch)) {
                orders.add(job.path("orderId").asText());
            }
        }
        return orders;
    }

    private String simulator() throws IOException {
        try (var record = Files.newBufferedReader(folder.resolve("data").resolve("services.properties"))) {
            Properties services = new Properties();
            services.load(record);
            return services.getProperty("simulator.url");
        }
    }

    @Override
    public void close() {
        workers.forEach(SluiceProcess::close);
        api.close();
    }
}
