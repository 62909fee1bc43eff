package io.sluice.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
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
        compressed("gzip", gzip(order())).then().statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deflatedOrder_isAccepted_withAndWithoutTheHeaderOfZlib(boolean header) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes, new Deflater(9, !header))) {
            out.write(order());
        }
        compressed("deflate", bytes.toByteArray()).then().statusCode(202);
    }

    static Stream<Arguments> wrongBodies() throws IOException {
        byte[] gzip = gzip(order());
        return Stream.of(Arguments.of("gzip", order()), Arguments.of("gzip", "not gzip at all".getBytes()),
                Arguments.of("gzip", new byte[0]), Arguments.of("gzip", new byte[]{0x1F}),
                Arguments.of("gzip", Arrays.copyOf(gzip, gzip.length - 1)),
                Arguments.of("gzip", Arrays.copyOf(gzip, 30)), Arguments.of("gzip", gzip(gzip)),
                Arguments.of("x-gzip", order()), Arguments.of("deflate", order()), Arguments.of("deflate", gzip),
                Arguments.of("identity", gzip));
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void notWhatItSays_400(String coding, byte[] body) {
        compressed(coding, body).then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", matchesPattern(".*(Content-Encoding|empty).*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "compress", "br", "zstd", "snappy", "gzip, gzip"})
    void unknownCoding_415(String coding) {
        compressed(coding, order()).then()
                .statusCode(415)
                .contentType("application/problem+json")
                .header("Accept-Encoding", "gzip, deflate");
    }

    @Test
    void compressedForm_415() throws IOException {
        String head = "POST /dashboard/demo HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        assertThat(raw(head, "count=1")).startsWith("HTTP/1.1 415");
    }

    private static byte[] order() {
        return Api.order().manual().json().getBytes(StandardCharsets.UTF_8);
    }

    private static Response compressed(String coding, byte[] body) {
        return given().contentType("application/json")
                .header("Content-Encoding", coding)
                .body(body)
                .post("/api/orders");
    }

    @Test
    void compressedBodyOverTheLimit_413() throws IOException {
        byte[] bomb = gzip(" ".repeat(20 << 20).getBytes(StandardCharsets.UTF_8));
        assertThat(bomb).hasSizeLessThan(BodyLimit.MAX_BYTES);
        compressed("gzip", bomb).then()
                .statusCode(413)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/orders", "/dashboard/dashboard.js", "/q/openapi"})
    void answers_areCompressedOnRequest(String path) throws IOException {
        HttpURLConnection plain = connection(path, null);
        HttpURLConnection compressed = connection(path, "gzip");
        assertThat(plain.getContentEncoding()).isNull();
        assertThat(compressed.getContentEncoding()).isEqualTo("gzip");
        for (HttpURLConnection answer : List.of(plain, compressed)) {
            assertThat(answer.getHeaderField("Vary")).isEqualToIgnoringCase("Accept-Encoding");
        }
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
