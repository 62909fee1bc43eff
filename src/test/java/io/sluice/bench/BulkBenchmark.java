package io.sluice.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.Api;
import io.sluice.testing.SluiceProcess;

/**
 * Compares a stream of orders with single posts, in turns, and measures the memory of the service while it reads a long
 * stream. Needs Linux. Runs only on request; see {@code docs/benchmarks.md}.
 */
class BulkBenchmark {
    private static final int ORDERS = Integer.getInteger("bench.orders", 5000);
    private static final int RUNS = Integer.getInteger("bench.runs", 7);
    private static final int LINES = Integer.getInteger("bench.lines", 500_000);
    private static final int IN_FLIGHT = 64;
    private static final String[] JVM = {"-Xmx512m", "-XX:TieredStopAtLevel=4", "-XX:+UseSerialGC"};
    private static final String NUMBER = "BENCH-NUMBER";
    private static final String[] ORDER = Api.order().manual().externalId(NUMBER).json().split(NUMBER);

    private final HttpClient http = HttpClient.newHttpClient();
    private int next;

    @TempDir
    Path folder;

    @Test
    void streamsComparedWithSinglePosts() throws Exception {
        try (SluiceProcess service = SluiceProcess.start(folder, Map.of(), JVM).awaitReady()) {
            System.out.println("run | single posts, one at a time, orders/s | " + IN_FLIGHT + " at a time | stream"
                    + " | stream to one at a time | to " + IN_FLIGHT);
            List<Double> ratios = new ArrayList<>();
            for (int run = 1; run <= RUNS; run++) {
                double one = rate(ORDERS / 5, count -> post(service, count, 1));
                double many = rate(ORDERS, count -> post(service, count, IN_FLIGHT));
                double stream = rate(ORDERS, count -> stream(service, count, List.of()));
                ratios.add(stream / many);
                System.out.printf("%d | %.0f | %.0f | %.0f | %.1f | %.2f%n", run, one, many, stream, stream / one,
                        stream / many);
            }
            System.out.printf("median of the last ratio: %.2f%n",
                    ratios.stream().sorted().toList().get(ratios.size() / 2));
            double rate = rate(LINES,
                    count -> stream(service, count, List.of(count / 100, count / 10, count / 2, count)));
            System.out.printf("%d lines: %.0f orders/s%n", LINES, rate);
        }
    }

    private interface Posting {
        void post(int count) throws Exception;
    }

    private static double rate(int count, Posting posting) throws Exception {
        long begin = System.nanoTime();
        posting.post(count);
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    private String order() {
        return ORDER[0] + "BENCH-" + next++ + ORDER[1];
    }

    private void post(SluiceProcess service, int count, int atATime) throws InterruptedException {
        Semaphore free = new Semaphore(atATime);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            free.acquire();
            answers.add(http
                    .sendAsync(HttpRequest.newBuilder(URI.create(service.url() + "/api/orders"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(order()))
                            .build(), HttpResponse.BodyHandlers.discarding())
                    .whenComplete((answer, failure) -> free.release())
                    .thenApply(HttpResponse::statusCode));
        }
        assertThat(answers).allMatch(status -> status.join() == 202);
    }

    /** @param samples numbers of answers after which the memory of the service is printed */
    private void stream(SluiceProcess service, int count, List<Integer> samples) throws Exception {
        URI uri = URI.create(service.url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
            Thread sender = new Thread(() -> send(out, count));
            sender.start();
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            int accepted = 0;
            for (String line = answers.readLine(); !"0".equals(line); line = answers.readLine()) {
                if (line.contains("\"status\":202")) {
                    accepted++;
                    if (samples.contains(accepted)) {
                        System.out.printf("after %d of %d lines: %d MiB resident%n", accepted, count,
                                residentMiB(service.pid()));
                    }
                }
            }
            assertThat(accepted).isEqualTo(count);
            sender.join();
        }
    }

    private void send(OutputStream out, int count) {
        try {
            out.write(("POST /api/orders/bulk HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                    + "Content-Type: application/x-ndjson\r\n\r\n").getBytes(US_ASCII));
            for (int i = 0; i < count; i++) {
                byte[] line = (order() + "\n").getBytes(UTF_8);
                out.write((Integer.toHexString(line.length) + "\r\n").getBytes(US_ASCII));
                out.write(line);
                out.write("\r\n".getBytes(US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(US_ASCII));
            out.flush();
        } catch (IOException broken) {
            // The answers tell.
        }
    }

    private static long residentMiB(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
                .stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
