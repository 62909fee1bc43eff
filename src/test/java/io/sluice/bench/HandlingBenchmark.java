package io.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.simulator.Simulator;
import io.sluice.simulator.SimulatorSettings;
import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.SluiceProcess;

/**
 * Measures what handling costs when partners answer at once: CPU time per order of the service (with its broker) and of
 * PostgreSQL, from the counters of Linux. The partners run in the process of the benchmark, which is not counted. Runs
 * only on request; see {@code docs/benchmarks.md}.
 */
class HandlingBenchmark {
    private static final int ORDERS = Integer.getInteger("bench.orders", 5000);
    private static final int RUNS = Integer.getInteger("bench.runs", 4);
    /** Further options of the JVM of the service, such as a profiler. */
    private static final String[] JVM = ("-Xmx512m -XX:TieredStopAtLevel=4 -XX:+UseSerialGC "
            + System.getProperty("bench.jvm", "")).trim().split(" ");
    private static final int IN_FLIGHT = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final double TICKS_PER_MS = 0.1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void cpuOfAnOrder() throws Exception {
        try (Simulator partners = Simulator.start(new SimulatorSettings(0, Duration.ZERO, 0, 1L, null));
                SluiceProcess service = SluiceProcess.start(folder, environment(partners.port()), JVM).awaitReady()) {
            System.out.println("run | orders/s | service, ms of CPU an order | PostgreSQL | cores busy with both");
            for (int run = 1; run <= RUNS; run++) {
                measure(service, run);
            }
        }
    }

    private static Map<String, String> environment(int partners) {
        Map<String, String> environment = new HashMap<>(Map.of("SLUICE_SIMULATOR_ENABLED", "false",
                "SLUICE_PARTNERS_MAX_RATE", "100000"));
        List.of("carrier", "printer", "marketplace")
                .forEach(kind -> environment.put("SLUICE_PARTNERS_" + kind.toUpperCase() + "_URL",
                        "http://127.0.0.1:" + partners + "/" + kind));
        return environment;
    }

    /** The first runs warm up the compiler. */
    private void measure(SluiceProcess service, int run) throws IOException {
        List<String> orders = post(service.url());
        long serviceBefore = ticks(service.pid());
        long databaseBefore = databaseTicks();
        long begin = System.nanoTime();
        String batch = Api.batch(orders).printOrder("any").createAt(service.url());
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Http.get(service.url() + "/api/batches/" + batch).json().path("finishedAt").isTextual());
        double seconds = (System.nanoTime() - begin) / 1e9;
        double serviceMs = (ticks(service.pid()) - serviceBefore) / TICKS_PER_MS;
        double databaseMs = (databaseTicks() - databaseBefore) / TICKS_PER_MS;
        System.out.printf("%d | %.0f | %.2f | %.2f | %.2f%n", run, ORDERS / seconds, serviceMs / ORDERS,
                databaseMs / ORDERS, (serviceMs + databaseMs) / 1000 / seconds);
    }

    private List<String> post(String url) throws IOException {
        List<String> ids = new ArrayList<>();
        while (ids.size() < ORDERS) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                answers.add(http.sendAsync(HttpRequest.newBuilder(URI.create(url + "/api/orders"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Api.order().manual().json()))
                        .build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                ids.add(JSON.readTree(answer.join().body()).path("id").asText());
            }
        }
        return ids.subList(0, ORDERS);
    }

    /** The CPU time of the postmaster, of its children, and of those that have ended. */
    private long databaseTicks() throws IOException {
        long postmaster;
        try (Stream<Path> files = Files.walk(folder)) {
            Path pid = files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
            postmaster = Long.parseLong(Files.readAllLines(pid).get(0).strip());
        }
        String[] own = stat(postmaster);
        return Long.parseLong(own[13]) + Long.parseLong(own[14]) + ticks(postmaster)
                + ProcessHandle.of(postmaster)
                        .orElseThrow()
                        .children()
                        .mapToLong(child -> ticks(child.pid()))
                        .sum();
    }

    /** The CPU time of a process, in hundredths of a second. */
    private static long ticks(long pid) {
        String[] stat = stat(pid);
        return Long.parseLong(stat[11]) + Long.parseLong(stat[12]);
    }

    /** The fields of {@code /proc/pid/stat} behind the name, from the state on. */
    private static String[] stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException ended) {
            throw new IllegalStateException("Process " + pid + " has ended", ended);
        }
    }
}
