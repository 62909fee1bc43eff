package io.sluice.dashboard.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.sse.SseConnection;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/** Tests pages over real connections. */
class LiveClientsTest {
    private static final String LONG_LINE = "x".repeat(500_000);

    private final Vertx vertx = Vertx.vertx();
    private final LiveClients clients = new LiveClients();
    private HttpServer server;

    @BeforeEach
    void serve() {
        server = vertx.createHttpServer()
                .requestHandler(request -> clients.join(new SseConnection(request, vertx), true))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void joining_startsWithARefreshAndMissesNothing() throws IOException {
        try (Socket page = open()) {
            await().until(() -> !clients.none());
            clients.send(new LivePush(LivePush.ROWS, "<tr>1\n<tr>2"));
            clients.closeAll();

            assertThat(new String(page.getInputStream().readAllBytes(), US_ASCII)).contains("retry: ",
                    "event: refresh\ndata: table\n\n", "event: rows\ndata: <tr>1\ndata: <tr>2\n\n")
                    .containsIgnoringCase("cache-control: no-cache")
                    .containsIgnoringCase("x-accel-buffering: no");
        }
    }

    @Test
    void slowPage_isDisconnectedWithoutAffectingOthers() throws IOException {
        try (Socket slow = open(); Socket quick = open()) {
            await().until(() -> pages() == 2);
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> readAll(quick));

            await().atMost(Duration.ofSeconds(30)).until(() -> {
                clients.send(new LivePush(LivePush.ROWS, LONG_LINE));
                return pages() == 1;
            });

            assertThat(reading).isNotDone();
        }
    }

    @Test
    void closedPages_areNotCounted() throws IOException {
        try (Socket page = open()) {
            await().until(() -> !clients.none());
        }
        await().until(clients::none);
    }

    @Test
    void pageThatJoinsAfterTheShutdown_isClosed() throws IOException {
        clients.closeAll();
        try (Socket page = open()) {
            assertThat(new String(page.getInputStream().readAllBytes(), US_ASCII)).contains("event: refresh");
        }
        assertThat(clients.none()).isTrue();
    }

    private int pages() {
        return clients.open().size();
    }

    private Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
        return socket;
    }

    private static void readAll(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException closed) {
            return;
        }
    }
}
