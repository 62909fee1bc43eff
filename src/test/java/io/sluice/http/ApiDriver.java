package io.sluice.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends any request. Of streams that do not end it takes the head only. */
final class ApiDriver {
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    ApiDriver(URI base) {
        this.base = base;
    }

    /** A request that is put together step by step. */
    static final class Call {
        private final String method;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String uri;
        private String body;

        Call(String method, String path) {
            this.method = method;
            this.uri = path;
        }

        Call query(String query) {
            uri += "?" + query;
            return this;
        }

        Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Call body(String type, String text) {
            body = text;
            return header("Content-Type", type);
        }

        @Override
        public String toString() {
            String shown = method + " " + uri + " " + headers + (body == null ? "" : " " + body);
            return shown.length() < 600 ? shown : shown.substring(0, 600) + "…";
        }
    }

    /** @param headers their names in lower case */
    record Answer(int status, String contentType, Set<String> headers, String body) {}

    Answer send(Call call) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(call.uri))
                .method(call.method, call.body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body));
        call.headers.forEach(request::header);
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        String type = response.headers().firstValue("Content-Type").orElse("").split(";")[0];
        try (InputStream body = response.body()) {
            return new Answer(response.statusCode(), type,
                    response.headers().map().keySet().stream().map(String::toLowerCase).collect(Collectors.toSet()),
                    type.equals("text/event-stream")
                            ? ""
                            : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
