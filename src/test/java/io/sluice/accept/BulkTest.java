package io.sluice.accept;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Streams of orders: what each line is answered with, and what a stream does that breaks off or does not read. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class BulkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/orders/bulk";

    @TestHTTPResource(PATH)
    URL url;

    @Inject
    Pool pool;

    private final String channel = "bulk-" + UUID.randomUUID().toString().substring(0, 8);

    private String line(int number) {
        return order().manual().channel(channel).externalId("B-" + number).json();
    }

    private String lines(int count) {
        return String.join("\n", IntStream.range(0, count).mapToObj(this::line).toList());
    }

    private int stored() {
        return pool.preparedQuery("select count(*)::int from orders where channel = $1")
                .execute(Tuple.of(channel))
                .map(rows -> rows.iterator().next().getInteger(0))
                .await()
                .indefinitely();
    }

    private static RequestSpecification stream() {
        return given().contentType("application/x-ndjson");
    }

    private static RequestSpecification stream(String body) {
        return stream().body(body.getBytes(UTF_8));
    }

    private static List<JsonNode> answers(byte[] body) {
        return answers(stream().body(body).post(PATH).then().statusCode(200).extract().asString());
    }

    private static List<JsonNode> answers(String body) {
        return body.lines().map(BulkTest::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException broken) {
            throw new UncheckedIOException(line, broken);
        }
    }

    @Test
    void everyLine_hasItsAnswer_andABadOneSpoilsNoOther() {
        String body = String.join("\n", line(1), "{\"lines\": []}", "", "not json", line(2), line(1),
                "x".repeat(70_000),
                order().manual().channel(channel).externalId("B-1").currency("JPY").line("x", "1").json(), line(3));
        String answer = stream(body)
                .post(PATH)
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .header("X-Accel-Buffering", "no")
                .extract()
                .asString();
        List<JsonNode> answers = answers(answer);
        assertThat(answers).extracting(a -> a.path("line").asInt()).containsExactly(1, 2, 4, 5, 6, 7, 8, 9);
        assertThat(answers).extracting(a -> a.path("status").asInt())
                .containsExactly(202, 422, 400, 202, 200, 413, 409, 202);
        assertThat(answers.get(4).path("id")).isEqualTo(answers.get(0).path("id"));
        JsonNode problem = answers.get(1).path("problem");
        assertThat(problem.path("type").asText()).isEqualTo("urn:sluice:problem:invalid");
        assertThat(problem.path("errors")).anyMatch(error -> error.path("pointer").asText().equals("/customer"));
        assertThat(answers.get(5).path("problem").path("detail").asText()).contains("65536");
        given().get("/api/orders/" + answers.get(0).path("id").asText())
                .then()
                .body("externalId", is("B-1"))
                .body("status", is("RECEIVED"));
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void streamThatIsSentAgain_makesNoSecondOrders() {
        List<JsonNode> first = answers(lines(1200).getBytes(UTF_8));
        List<JsonNode> second = answers(lines(1500).getBytes(UTF_8));
        assertThat(first).hasSize(1200).allMatch(answer -> answer.path("status").asInt() == 202);
        assertThat(second).hasSize(1500);
        assertThat(second.subList(0, 1200)).allMatch(answer -> answer.path("status").asInt() == 200);
        assertThat(second.stream().limit(1200).map(a -> a.path("id")).toList())
                .isEqualTo(first.stream().map(a -> a.path("id")).toList());
        assertThat(second.subList(1200, 1500)).allMatch(answer -> answer.path("status").asInt() == 202);
        assertThat(stored()).isEqualTo(1500);
    }

    @Test
    void keyOfAStream_isOneOfEachLine() {
        String nameless = order().manual().channel(channel).withoutExternalId().json();
        String key = UUID.randomUUID().toString();
        List<JsonNode> first = answers(stream(nameless).header("Idempotency-Key", key).post(PATH).asString());
        List<JsonNode> second = answers(stream(nameless + "\n" + nameless).header("Idempotency-Key", key)
                .post(PATH)
                .asString());
        assertThat(second.get(0)).isEqualTo(first.get(0));
        assertThat(second.get(1).path("status").asInt()).isEqualTo(202);
        assertThat(stored()).isEqualTo(2);
        assertThat(answers(stream(line(9)).header("Idempotency-Key", key).post(PATH).asString()))
                .allMatch(answer -> answer.path("status").asInt() == 422);
        stream(line(9)).header("Idempotency-Key", "k".repeat(256)).post(PATH).then().statusCode(422);
        stream(line(9)).header("Idempotency-Key", "k".repeat(255)).post(PATH).then().statusCode(200);
    }

    /** The lines of a stream whose client has left may still be under way. */
    @Test
    void sameStreamTwiceAtOnce_isAnsweredTwice() {
        String body = String.join("\n", Collections.nCopies(300,
                order().manual().channel(channel).withoutExternalId().json()));
        String key = UUID.randomUUID().toString();
        List<List<JsonNode>> both = IntStream.range(0, 2)
                .parallel()
                .mapToObj(i -> answers(stream(body).header("Idempotency-Key", key).post(PATH).asString()))
                .toList();
        assertThat(both.get(0)).hasSize(300).isEqualTo(both.get(1));
        assertThat(stored()).isEqualTo(300);
    }

    /** nginx speaks it to what is behind it, unless it is told otherwise. */
    @Test
    void oldHttp_isAnsweredUntilTheConnectionCloses() throws IOException {
        for (int i = 0; i < 10; i++) {
            try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
                byte[] body = line(i).getBytes(UTF_8);
                socket.getOutputStream()
                        .write(("POST " + PATH
                                + " HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                                + "Content-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8));
                socket.getOutputStream().write(body);
                String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
                assertThat(answer).contains("200 OK").endsWith("}\n").contains("{\"line\":1,\"status\":202,");
            }
        }
        assertThat(stored()).isEqualTo(10);
    }

    @Test
    void clientThatWaitsForPermission_getsIt() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
            socket.getOutputStream().write(head("Expect: 100-continue\r\nContent-Length: 100"));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 100 Continue");
        }
    }

    @Test
    void emptyStream_hasNoAnswers() {
        assertThat(answers(new byte[0])).isEmpty();
        assertThat(answers("\n\r\n".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void byteOrderMark_isIgnored() {
        assertThat(answers(("\uFEFF" + line(1)).getBytes(UTF_8))).allMatch(a -> a.path("status").asInt() == 202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/x-www-form-urlencoded"})
    void otherContentType_415(String type) {
        given().contentType(type).body("{}").post(PATH).then().statusCode(415);
    }

    @Test
    void otherMethods_405() {
        for (String method : List.of("GET", "DELETE", "PATCH")) {
            given().request(method, PATH).then().statusCode(405).header("Allow", "OPTIONS, POST");
        }
    }

    @Test
    void description_hasIt() {
        given().get("/q/openapi?format=json")
                .then()
                .body("paths.'/api/orders/bulk'.post.requestBody.content.keySet()", hasItem("application/x-ndjson"));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<JsonNode> compressed(byte[] body) {
        return answers(stream().header("Content-Encoding", "gzip").body(body).post(PATH).asString());
    }

    @Test
    void gzip_isRead_inSeveralMembersToo() throws IOException {
        var two = new ByteArrayOutputStream();
        two.write(gzip(lines(700) + "\n"));
        two.write(gzip(line(700)));
        assertThat(compressed(two.toByteArray())).hasSize(701).allMatch(a -> a.path("status").asInt() == 202);
    }

    @Test
    void gzipThatIsCutOff_orNone_isTold() throws IOException {
        byte[] whole = gzip(lines(300));
        List<JsonNode> answers = compressed(Arrays.copyOf(whole, whole.length / 2));
        JsonNode last = answers.get(answers.size() - 1);
        assertThat(last.path("status").asInt()).isEqualTo(400);
        assertThat(last.path("problem").path("detail").asText()).contains("Content-Encoding");
        assertThat(answers.subList(0, answers.size() - 1)).allMatch(a -> a.path("status").asInt() == 202);

        var garbage = new ByteArrayOutputStream();
        garbage.write(gzip(line(0) + "\n" + line(1) + "\n"));
        garbage.write("no more gzip".getBytes(UTF_8));
        assertThat(compressed(garbage.toByteArray())).extracting(a -> a.path("status").asInt())
                .containsExactly(200, 200, 400);

        assertThat(compressed(line(1).getBytes(UTF_8))).hasSize(1).allMatch(a -> a.path("status").asInt() == 400);
        stream().header("Content-Encoding", "deflate")
                .body(whole)
                .post(PATH)
                .then()
                .statusCode(415)
                .header("Accept-Encoding", is("gzip"));
    }

    /** Ten thousand lines in a few KiB. */
    @Test
    void gzipOfBlankLines_isNoBomb() throws IOException {
        assertThat(compressed(gzip("\n".repeat(3_000_000) + line(1)))).hasSize(1)
                .allMatch(a -> a.path("line").asInt() == 3_000_001 && a.path("status").asInt() == 202);
        assertThat(compressed(gzip("x".repeat(5_000_000)))).hasSize(1)
                .allMatch(a -> a.path("status").asInt() == 413);
    }

    /** A program that writes a line, reads its answer, and writes the next. */
    @Test
    void answers_comeWhileTheStreamIsOpen() throws IOException {
        HttpURLConnection connection = open();
        try (OutputStream out = connection.getOutputStream()) {
            // The JDK's client lets one read only when all is written; the order is stored nevertheless.
            out.write((line(1) + "\n").getBytes(UTF_8));
            out.flush();
            await().atMost(Duration.ofMinutes(1)).until(() -> stored() == 1);
            out.write(line(2).getBytes(UTF_8));
        }
        assertThat(read(connection)).hasSize(2);
    }

    @Test
    void clientThatDoesNotRead_isNotReadFrom_andLosesNothing() throws Exception {
        int pieces = 600;
        byte[] piece = ("[]" + " ".repeat(300) + "\n").repeat(200).getBytes(UTF_8);
        try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
            OutputStream out = socket.getOutputStream();
            AtomicInteger sent = new AtomicInteger();
            Thread sender = new Thread(() -> {
                try {
                    out.write(head("Content-Length: " + pieces * piece.length));
                    while (sent.get() < pieces) {
                        out.write(piece);
                        sent.incrementAndGet();
                    }
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
            sender.start();
            // It stands still: the service waits for its answers to be read.
            await().atMost(Duration.ofMinutes(2)).until(() -> isBlocked(sender));
            assertThat(sent.get()).as("pieces that were taken").isBetween(1, pieces - 100);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            int answers = 0;
            while (answers < pieces * 200) {
                answers += in.readLine().startsWith("{\"line\":" + (answers + 1) + ",") ? 1 : 0;
            }
            sender.join();
        }
    }

    /** Whether a thread stands in the same call for two seconds. */
    private static boolean isBlocked(Thread thread) throws InterruptedException {
        StackTraceElement[] before = thread.getStackTrace();
        thread.join(2_000);
        return thread.isAlive() && Arrays.equals(before, thread.getStackTrace());
    }

    private static byte[] head(String length) {
        return ("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n" + length
                + "\r\n\r\n").getBytes(UTF_8);
    }

    @Test
    void brokenConnection_storesWholeLinesOnly() throws Exception {
        String half = line(3).substring(0, 40);
        byte[] body = (line(1) + "\n" + line(2) + "\n" + half).getBytes(UTF_8);
        try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
            socket.getOutputStream().write(head("Content-Length: 100000"));
            socket.getOutputStream().write(body);
            await().atMost(Duration.ofMinutes(1)).until(() -> stored() == 2);
        }
        assertThat(answers(lines(4).getBytes(UTF_8))).extracting(a -> a.path("status").asInt())
                .containsExactly(202, 200, 200, 202);
        assertThat(stored()).isEqualTo(4);
    }

    @Test
    void ninthStream_isRefused_untilAnotherEnds() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket("127.0.0.1", url.getPort());
                socket.getOutputStream().write(head("Content-Length: 10"));
                open.add(socket);
                // Its head is there, so it is being read.
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            stream(line(1)).post(PATH)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", is("5"))
                    .body("detail", containsString("Too many streams"));
            open.get(3).close();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> stream(line(1)).post(PATH).statusCode() == 200);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private HttpURLConnection open() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setDoOutput(true);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/x-ndjson");
        connection.setChunkedStreamingMode(0);
        return connection;
    }

    private static List<JsonNode> read(HttpURLConnection connection) throws IOException {
        return answers(new String(connection.getInputStream().readAllBytes(), UTF_8));
    }
}
