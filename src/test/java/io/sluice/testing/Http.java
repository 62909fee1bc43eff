package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** HTTP calls that distinguish "no response" from an error status. */
public final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private Http() {}

    /** A response. */
    public record Answer(int status, String contentType, Optional<String> retryAfter, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException notJson) {
                return MissingNode.getInstance();
            }
        }

        /** Returns this response if it has the expected status, else fails. */
        public Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected status " + expected + ", got " + status + ": " + body);
            }
            return this;
        }
    }

    /** @throws UncheckedIOException if there is no response, as with every call of this class */
    public static Answer get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    public static Answer post(String url, String json) {
        return send(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(json)));
    }

    public static Answer post(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.noBody()));
    }

    public static Answer patch(String url, Object body) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .method("PATCH", BodyPublishers.ofString(JSON.valueToTree(body).toString())));
    }

    /** A POST with an {@code Idempotency-Key}. */
    public static Answer post(String url, String key, Object body) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(JSON.valueToTree(body).toString())));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    request.header("Content-Type", "application/json").timeout(PATIENCE).build(),
                    BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Retry-After"), response.body());
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
