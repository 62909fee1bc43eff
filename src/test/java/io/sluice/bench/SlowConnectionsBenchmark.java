package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.Api;
import io.sluice.testing.SlowConnections;
import io.sluice.testing.SluiceProcess;

/**
 * Posts orders with and without many connections that send a byte a second, in turns. Runs only on request; see
 * {@code docs/benchmarks.md}.
 */
class SlowConnectionsBenchmark {
    private static final int CONNECTIONS = Integer.getInteger("bench.connections", 1000);
    private static final int ORDERS = Integer.getInteger("bench.orders", 5000);
    private static final int RUNS = Integer.getInteger("bench.runs", 7);
    private static final int IN_FLIGHT = 8;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void othersWhileConnectionsAreSlow() throws Exception {
        try (SluiceProcess service = SluiceProcess.start(folder, Map.of(), "-XX:TieredStopAtLevel=4").awaitReady()) {
            URI root = URI.create(service.url());
            percentile(root, ORDERS); // warms up
            System.out.println("run | p99 alone, ms | p99 with " + CONNECTIONS + " slow connections, ms | ratio");
            List<Double> ratios = new ArrayList<>();
            for (int run = 1; run <= RUNS; run++) {
                double alone = percentile(root, ORDERS);
                double beside;
                try (SlowConnections slow = SlowConnections.open(root, CONNECTIONS)) {
                    beside = percentile(root, ORDERS);
                }
                ratios.add(beside / alone);
                System.out.printf("%d | %.1f | %.1f | %.2f%n", run, alone, beside, beside / alone);
            }
            System.out.printf("median of the ratio: %.2f%n",
                    ratios.stream().sorted().toList().get(ratios.size() / 2));
        }
    }

    /** The 99th percentile of the times until an order was accepted, in milliseconds. */
    private double percentile(URI root, int orders) throws Exception {
        long[] nanos = new long[orders];
        AtomicInteger accepted = new AtomicInteger();
        Semaphore free = new Semaphore(IN_FLIGHT);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            free.acquire();
            int index = i;
            long begin = System.nanoTime();
            HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/orders"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Api.order().manual().json()))
                    .build();
            all.add(http.sendAsync(request, BodyHandlers.discarding()).thenAccept(answer -> {
                nanos[index] = System.nanoTime() - begin;
                if (answer.statusCode() == 202) {
                    accepted.incrementAndGet();
                }
                free.release();
            }));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        assertThat(accepted).hasValue(orders);
        Arrays.sort(nanos);
        return nanos[(int) Math.ceil(orders * 0.99) - 1] / 1e6;
    }
}
