package io.sluice.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;

/** Compressed requests and answers, and characters beyond ASCII outside of bodies. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class CodingsTest {
    @TestHTTPResource("")
    URI home;

    @Test
    void compressedOrder_isAccepted() throws IOException {
        given().contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(gzip(Api.order().manual().json().getBytes(StandardCharsets.UTF_8)))
                .post("/api/orders")
                .then()
                .statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "compress"})
    void unknownCoding_415(String coding) {
        given().contentType("application/json")
                .header("Content-Encoding", coding)
                .body(Api.order().manual().json())
                .post("/api/orders")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .header("Accept-Encoding", "gzip, deflate");
    }

    @Test
    void compressedBodyOverTheLimit_413() throws IOException {
        byte[] bomb = gzip(" ".repeat(20 << 20).getBytes(StandardCharsets.UTF_8));
        assertThat(bomb).hasSizeLessThan(BodyLimit.MAX_BYTES);
        given().contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(bomb)
                .post("/api/orders")
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/orders", "/dashboard/dashboard.js"})
    void answers_areCompressedOnRequest(String path) throws IOException {
        HttpURLConnection plain = connection(path, null);
        HttpURLConnection compressed = connection(path, "gzip");
        assertThat(plain.getContentEncoding()).isNull();
        assertThat(compressed.getContentEncoding()).isEqualTo("gzip");
        try (InputStream body = new GZIPInputStream(compressed.getInputStream())) {
            assertThat(body.readAllBytes()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/events", "/dashboard/events"})
    void streams_areNotCompressed(String path) throws IOException {
        HttpURLConnection stream = connection(path, "gzip");
        assertThat(stream.getContentEncoding()).isIn(null, "identity");
        try (InputStream body = stream.getInputStream()) {
            assertThat((char) body.read()).isIn(':', 'r', 'e', 'i');
        }
        stream.disconnect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?q=a|b", "/?q={x}", "/?q=^`", "/?q=[1]", "/?q=a\\b", "/api/orders?q={a|b}"})
    void whatBrowsersDoNotEncode_isAccepted(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jörn", "Özge", "Ada", "李小龙"})
    void userHeader_isUtf8(String user) throws IOException {
        String id = Api.send(Api.order().manual()).path("id");
        String answer = raw(
                "POST /api/batches HTTP/1.1\r\nContent-Type: application/json\r\nX-Remote-User: " + user + "\r\n",
                "{\"orderIds\": [\"" + id + "\"]}");
        assertThat(answer).startsWith("HTTP/1.1 202").contains("\"startedBy\":\"" + user + "\"");
    }

    /** Sends the head as UTF-8, as no client would on its own. */
    private String raw(String head, String body) throws IOException {
        try (Socket socket = new Socket(home.getHost(), home.getPort())) {
            socket.getOutputStream()
                    .write((head + "Host: " + home.getAuthority() + "\r\nConnection: close\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpURLConnection connection(String path, String coding) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) home.resolve(path).toURL().openConnection();
        if (coding != null) {
            connection.setRequestProperty("Accept-Encoding", coding);
        }
        assertThat(connection.getResponseCode()).isEqualTo(200);
        return connection;
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }
}
