package io.sluice.person;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A carrier that refuses shipments, and quotes what it was sent, until it is satisfied. */
final class QuotingCarrier implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> urls = new CopyOnWriteArrayList<>();
    private volatile boolean satisfied;

    QuotingCarrier() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Of all requests, with their queries. */
    List<String> urls() {
        return List.copyOf(urls);
    }

    void satisfied() {
        satisfied = true;
    }

    private void answer(HttpExchange call) throws IOException {
        urls.add(call.getRequestMethod() + " " + call.getRequestURI());
        String body = new String(call.getRequestBody().readAllBytes(), UTF_8);
        boolean lookup = call.getRequestMethod().equals("GET");
        Map<String, ?> answer = lookup
                ? Map.of("shipments", List.of())
                : satisfied ? Map.of("trackingNumber", "T-1", "carrier", "Quoting Parcel") : Map.of("detail", body);
        byte[] json = JSON.writeValueAsBytes(answer);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(lookup ? 200 : satisfied ? 201 : 422, json.length);
        call.getResponseBody().write(json);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
