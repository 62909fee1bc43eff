package io.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import io.sluice.http.Problem;
import io.sluice.http.ProblemType;

/**
 * Answers in place of the application until it can start: it lives, is not ready, and takes no requests. The health has
 * the format of MicroProfile Health.
 */
final class UnreadyServer implements AutoCloseable {

    private static final String ALIVE = "{\"status\":\"UP\",\"checks\":[]}";
    private static final String NOT_READY = """
            {"status":"DOWN","checks":[{"name":"tables are up to date","status":"DOWN","data":{"reason":"%s"}}]}""";

    /** Of several threads, so that a client that does not finish its request holds up no probe of the health. */
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<HttpServer> servers = new ArrayList<>();
    private volatile String reason = "";

    private UnreadyServer() {}

    /** Opens the ports that the application will have. */
    static UnreadyServer start(Settings settings) {
        UnreadyServer unready = new UnreadyServer();
        boolean ownPort = settings.managementPort().isPresent();
        unready.listen("QUARKUS_HTTP_PORT", settings.httpHost(),
                settings.httpPort().orElse(Sluice.DEFAULT_HTTP_PORT), ownPort ? unready::refuse : unready::answer);
        settings.managementPort()
                .ifPresent(port -> unready.listen("SLUICE_MANAGEMENT_PORT", settings.managementHost(), port,
                        unready::answer));
        return unready;
    }

    private void listen(String key, String host, int port, HttpHandler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
            server.setExecutor(threads);
            server.createContext("/", handler);
            server.start();
            servers.add(server);
        } catch (IOException e) {
            close();
            throw new StartFailure("%s: port %d cannot be opened on %s (%s)".formatted(key, port, host, e.getMessage()),
                    e);
        }
    }

    /** Tells those who ask for the health. */
    void show(String why) {
        reason = why;
    }

    String healthUrl() {
        InetSocketAddress last = servers.get(servers.size() - 1).getAddress();
        return "http://%s:%d/q/health".formatted(last.getHostString(), last.getPort());
    }

    private void answer(HttpExchange call) throws IOException {
        switch (call.getRequestURI().getRawPath()) {
            case "/q/health/live", "/q/health/started" -> send(call, 200, "application/json", ALIVE.getBytes(UTF_8));
            case "/q/health", "/q/health/ready" -> send(call, 503, "application/json",
                    NOT_READY.formatted(new String(JsonStringEncoder.getInstance().quoteAsString(reason)))
                            .getBytes(UTF_8));
            default -> refuse(call);
        }
    }

    private void refuse(HttpExchange call) throws IOException {
        send(call, 503, Problem.MEDIA_TYPE, Problem
                .of(ProblemType.DATABASE_UNAVAILABLE, "The database is being prepared. Try again.")
                .at(call.getRequestURI().getRawPath())
                .toJson());
    }

    private static void send(HttpExchange call, int status, String type, byte[] body) throws IOException {
        try (call) {
            call.getResponseHeaders().set("Content-Type", type);
            if (status != 200) {
                call.getResponseHeaders().set("Retry-After", "5");
            }
            boolean head = "HEAD".equals(call.getRequestMethod());
            call.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                call.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
