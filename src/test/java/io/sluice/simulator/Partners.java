package io.sluice.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Talks to a simulator over HTTP, as Sluice and an operator would. */
record Partners(int port) {

    static final String ADDRESS = """
            {"name": "Ada Byron", "street": "St James's Square 12", "city": "London", "postalCode": "SW1Y 4JH",
             "country": "GB"}""";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Answer(int status, String contentType, JsonNode body) {

        String text(String member) {
            return body.path(member).textValue();
        }

        List<String> texts(String member) {
            return body.findValuesAsText(member);
        }
    }

    Answer createShipment(String orderId) {
        return createShipmentAsync(orderId).join();
    }

    CompletableFuture<Answer> createShipmentAsync(String orderId) {
        return send("POST", "/carrier/shipments", orderId + ":create-shipment", shipment(orderId));
    }

    static String shipment(String orderId) {
        return """
                {"orderId": "%s", "shipTo": %s, "currency": "GBP", "total": "25.00", "items": 2}"""
                .formatted(orderId, ADDRESS);
    }

    Answer print(String orderId, int position) {
        return call("POST", "/printer/jobs", orderId + ":print-packing-slip", """
                {"orderId": "%s", "batchId": "b-1", "position": %d, "total": 9}""".formatted(orderId, position));
    }

    Answer sendTracking(String orderId, String trackingNumber) {
        return call("PUT", "/marketplace/orders/" + orderId + "/tracking", orderId + ":send-tracking", """
                {"channel": "webshop", "trackingNumber": "%s", "carrier": "Parcel"}""".formatted(trackingNumber));
    }

    CompletableFuture<Answer> markShippedAsync(String orderId) {
        return send("PUT", "/marketplace/orders/" + orderId + "/shipped", orderId + ":mark-shipped", null);
    }

    Answer markShipped(String orderId) {
        return markShippedAsync(orderId).join();
    }

    Answer set(String partner, String settings) {
        return call("PATCH", "/simulator/partners/" + partner, null, settings);
    }

    /** How often a partner received the call of that idempotency key, or of that path and query. */
    int received(String partner, String call) {
        for (JsonNode counted : get("/simulator/partners/" + partner + "/calls").body()) {
            if (counted.path("call").textValue().equals(call)) {
                return counted.path("count").intValue();
            }
        }
        return 0;
    }

    Answer get(String path) {
        return call("GET", path, null, null);
    }

    Answer call(String method, String path, String key, String body) {
        return send(method, path, key, body).join();
    }

    CompletableFuture<Answer> send(String method, String path, String key, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Partners::answer);
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                    MAPPER.readTree(response.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON: " + response.body(), e);
        }
    }
}
