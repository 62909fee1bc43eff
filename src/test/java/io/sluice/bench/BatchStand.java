package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.IntStream;

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
    /** Both compilers, as in production. */
    private static final String[] JVM = {"-Xmx512m", "-XX:TieredStopAtLevel=4"};
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

    /**
     * One run of a batch.
     *
     * @param seconds   from the request to the end of the last order
     * @param firstSlip seconds from the request to the first slip
     * @param gapMs     median milliseconds from one slip to the next
     */
    record Run(double seconds, double firstSlip, long gapMs) {}

    /** Runs a batch; fails if a slip of an ordered one is out of sequence. */
    Run measure(int orders, String printOrder) throws IOException {
        List<String> ids = Api.post(api.url(), orders, Api.order().manual().channel("bench"));
        Instant begin = Instant.now();
        String batch = Api.batch(ids).printOrder(printOrder).createAt(api.url());
        Instant end = lastEnd(batch, orders);
        List<JsonNode> jobs = jobs(batch);
        if (!printOrder.equals("any")) {
            assertThat(jobs).extracting(job -> job.path("orderId").asText())
                    .isSortedAccordingTo((a, b) -> ids.indexOf(a) - ids.indexOf(b));
        }
        List<Instant> printed = jobs.stream().map(job -> Instant.parse(job.path("at").asText())).toList();
        long[] gaps = IntStream.range(1, printed.size())
                .mapToLong(i -> Duration.between(printed.get(i - 1), printed.get(i)).toMillis())
                .sorted()
                .toArray();
        return new Run(seconds(begin, end), seconds(begin, printed.get(0)), gaps[gaps.length / 2]);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
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

    private List<JsonNode> jobs(String batch) throws IOException {
        List<JsonNode> jobs = new ArrayList<>();
        for (JsonNode job : Http.get(simulator() + "/simulator/printer/jobs").expect(200).json()) {
            if (job.path("batchId").asText().equals(batch)) {
                jobs.add(job);
            }
        }
        return jobs;
    }

    /**
     * The seconds in which an HTTP client, with nothing else to do, sends that many slips to the printer, one after the
     * other: no program could be faster.
     */
    double sendOnly(int slips) throws IOException {
        JsonNode jobs = Http.get(simulator() + "/simulator/printer/jobs").expect(200).json();
        String printed = jobs.path(jobs.size() - 1).path("jobId").asText();
        byte[] slip;
        try (InputStream document = URI.create(simulator() + "/simulator/printer/jobs/" + printed + "/document")
                .toURL()
                .openStream()) {
            slip = document.readAllBytes();
        }
        Instant begin = Instant.now();
        for (int i = 0; i < slips; i++) {
            String order = UUID.randomUUID().toString();
            Http.post(simulator() + "/printer/jobs", order, Map.of("orderId", order, "document", slip)).expect(201);
        }
        return seconds(begin, Instant.now());
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
