package io.sluice.http;

import static io.restassured.RestAssured.given;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.LeavingClients;
import io.sluice.testing.SluiceServices;

/** Clients that leave take everything with them that the service held for them. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class AbortedRequestsTest {
    private static final int MANY = 1000;
    private static final int STREAMS_AT_A_TIME = 100;
    /** The pool has up to 20 connections to the database; they are closed when they have not been used for a while. */
    private static final int FILES_OF_THE_POOL = 20;
    /** What the client asks for. */
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Work of the process itself uses connections for moments, so each of these is sometimes 0. */
    private static final List<String> HELD_FOR_CLIENTS = List.of("sql_pool_active", "sql_pool_queue_size",
            "postgresql_queue_size", "postgresql_current", "sluice_event_streams", "sluice_waiting_calls",
            "sluice_bulk_uploads",
            "sluice_requests_underway");
    private static final int READINGS = 20;

    @TestHTTPResource("/")
    String url;

    @Test
    void requestsAndStreams_leaveNothingBehind() {
        LeavingClients.visit(url);
        Map<String, Double> before = HELD_FOR_CLIENTS.stream().collect(toMap(identity(), AbortedRequestsTest::least));
        long files = openFiles();

        for (int aborted = 0; aborted < MANY;) {
            aborted += LeavingClients.abort(url);
        }
        for (int left = 0; left < MANY; left += STREAMS_AT_A_TIME) {
            LeavingClients.openAndLeaveStreams(url, STREAMS_AT_A_TIME);
        }

        before.forEach((gauge, held) -> await(gauge).atMost(PATIENCE).until(() -> gauge(gauge) <= held));
        await().atMost(PATIENCE).until(() -> openFiles() <= files + FILES_OF_THE_POOL);
        Api.awaitStatus(Api.post(Api.order()), "HANDLED");
    }

    @Test
    void clientThatLeavesWhileItWaits_isWaitedForNoMore() throws IOException {
        try (Socket client = LeavingClients.keepWaiting(url)) {
            await().atMost(PATIENCE).until(() -> gauge("sluice_waiting_calls") == 1);
        }
        await().atMost(WAIT.minusSeconds(10)).until(() -> gauge("sluice_waiting_calls") == 0);
    }

    /**
     * What a gauge goes down to while other tests hold something: their browsers may still show the dashboard, and the
     * pool of connections may be at work.
     */
    private static double least(String gauge) {
        return IntStream.range(0, READINGS).mapToDouble(reading -> gauge(gauge)).min().orElseThrow();
    }

    private static double gauge(String name) {
        List<String> lines = given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .toList();
        assertThat(lines).as(name).isNotEmpty();
        return lines.stream().mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** Of this process, which is both the service and the clients. */
    private static long openFiles() {
        return new File("/proc/self/fd").list().length;
    }
}
