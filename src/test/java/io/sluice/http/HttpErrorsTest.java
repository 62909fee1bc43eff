package io.sluice.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class HttpErrorsTest {

    static final int MIB = 1 << 20;

    @TestHTTPResource
    URL root;

    @ParameterizedTest
    @CsvSource({"/nowhere", "/api/nowhere", "/q/nowhere", "/test-web/a/b/c", "/test-web/not-a-uuid", "/favicon.ico"})
    void unknownPath_404(String path) {
        problem(given().get(path).then(), 404, path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/nowhere|404|There is nothing at this path.",
            "/dashboard/demo-orders|405|There is no page at this address: it only takes what a form sends."})
    void browser_getsAPage(String path, int status, String sentence) {
        given().accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .get(path)
                .then()
                .statusCode(status)
                .contentType("text/html;charset=UTF-8")
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString(sentence), containsString("<base href=\"/\">"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/api/orders?limit=x&cursor=xx&status=zz&country=XX&placedFrom=x|limit cursor status country placedFrom",
            "/api/orders?updatedSince=x&limit=x&cursor=x|updatedSince limit cursor",
            "/api/events?limit=x&order=1&batch=2&status=zz|limit order batch status",
            "/api/batches?limit=x&cursor=x&status=zz|limit cursor status"})
    void allWrongParameters_areNamedAtOnce(String path, String names) {
        given().accept("application/json")
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(422)
                .body("errors.parameter", containsInAnyOrder((Object[]) names.split(" ")));
    }

    @Test
    void formThatIsWrong_isAPageInABrowser() {
        given().accept("text/html")
                .formParam("count", "many")
                .post("/dashboard/demo-orders")
                .then()
                .statusCode(422)
                .contentType("text/html;charset=UTF-8")
                .body(containsString("must be a whole number from 1 to 1000."));
        given().accept("text/html")
                .formParam("orderId", "x")
                .post("/dashboard/batches")
                .then()
                .statusCode(422)
                .contentType("text/html;charset=UTF-8");
    }

    /** Java's HttpURLConnection names text/html by default. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/api/nowhere|text/html, image/gif, image/jpeg, */*; q=0.2",
            "/q/nowhere|text/html", "/nowhere|*/*", "/nowhere|text/html;q=0, */*", "/nowhere|application/json"})
    void program_getsJson(String path, String accept) {
        problem(given().accept(accept).get(path).then(), 404, path);
    }

    @Test
    void unknownPathWithBody_404() {
        problem(given().body("{}").contentType("application/json").post("/nowhere").then(), 404, "/nowhere");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"DELETE|/test-web/parts/form|OPTIONS, POST",
            "GET|/test-web/parts/lines|OPTIONS, POST",
            "PATCH|/test-web/page|GET, HEAD, OPTIONS", "POST|/test-web/fails/x|GET, HEAD, OPTIONS",
            "BREW|/test-web/page|GET, HEAD, OPTIONS"})
    void otherMethod_405(String method, String path, String allowed) {
        problem(given().request(method, path).then(), 405, path).header("Allow", allowed);
        given().options(path).then().statusCode(204).header("Allow", allowed);
    }

    @Test
    void otherAccept_406() {
        problem(given().accept("image/png").get("/test-web/page").then(), 406, "/test-web/page");
        problem(given().accept("nonsense").get("/test-web/page").then(), 406, "/test-web/page");
    }

    @Test
    void otherContentType_415() {
        problem(given().contentType("text/csv").body("a;b").post("/test-web/body").then(), 415, "/test-web/body");
        assertThat(send("/test-web/body", "nonsense", chunked(3)).statusCode()).isEqualTo(415);
    }

    @Test
    void queryParameters() {
        given().get("/test-web/" + FailingResource.ORDER + "?limit=200").then().statusCode(200).body("limit", is(200));
        for (String limit : new String[]{"0", "201", "x", "-", "1.0", "99999999999"}) {
            problem(given().get("/test-web/" + FailingResource.ORDER + "?limit=" + limit).then(), 422, null)
                    .body("errors[0].parameter", is("limit"))
                    .body("detail", containsString("limit"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"transition|409|HANDLED and cannot become CANCELLED",
            "busy|503|Come back later.",
            "wrapped|409|There is one.", "database|503|database cannot be used",
            "connect|503|database cannot be used",
            "json|400|column 2", "type|422|not of the expected type", "error|500|incident", "exception|500|incident",
            "definition|500|incident", "teapot|418|418"})
    void failingResource(String how, int status, String detail) {
        problem(given().get("/test-web/fails/" + how).then(), status, "/test-web/fails/" + how)
                .body("detail", containsString(detail))
                .body(not(containsString("secret")))
                .body(not(containsString("5432")))
                .body(not(containsString("java")));
    }

    @Test
    void retryAfter() {
        given().get("/test-web/fails/busy").then().header("Retry-After", "7");
        given().get("/test-web/fails/database").then().header("Retry-After", "5");
        given().get("/test-web/fails/type").then().body("errors[0].pointer", is("/id"));
    }

    @Test
    void addressesThatNoClientLibrarySends() throws Exception {
        String noHost = "/ HTTP/1.1\r\nConnection: close\r\n\r\n";
        assertThat(raw(noHost)).startsWith("HTTP/1.1 400").contains(Problem.MEDIA_TYPE, "\"status\":400");
        assertThat(raw("/test-web/%zz")).startsWith("HTTP/1.1 400").contains(Problem.MEDIA_TYPE, "\"status\":400");
    }

    @Test
    void orders() {
        problem(given().get("/api/orders/not-a-uuid").then(), 404, "/api/orders/not-a-uuid");
        problem(given().delete("/api/orders").then(), 405, "/api/orders").header("Allow", "GET, HEAD, OPTIONS, POST");
        for (String below : List.of("events", "packing-slip.pdf", "history")) {
            String path = "/api/orders/" + UUID.randomUUID() + "/" + below;
            problem(given().delete(path).then(), 405, path).header("Allow", "GET, HEAD, OPTIONS");
        }
        problem(json("{".getBytes()).post("/api/orders").then(), 400, "/api/orders");
        problem(json(new byte[0]).post("/api/orders").then(), 400, "/api/orders");
        problem(json("{\"lines\": []}".getBytes()).post("/api/orders").then(), 422, "/api/orders")
                .body("errors.pointer", hasItems("/lines", "/customer"));
        problem(json(new byte[5_000_000]).post("/api/orders").then(), 413, "/api/orders");
    }

    @Test
    void redirectIsNoError() {
        given().redirects()
                .follow(false)
                .get("/test-web/fails/redirect")
                .then()
                .statusCode(303)
                .header("Location", containsString("/elsewhere"));
    }

    @Test
    void head() {
        given().head("/test-web/page").then().statusCode(200);
        given().head("/nowhere").then().statusCode(404).contentType(Problem.MEDIA_TYPE).body(emptyString());
    }

    @Test
    void bodyUpToTheLimit_isReadOnTheEventLoop() {
        json(new byte[MIB]).post("/test-web/body")
                .then()
                .statusCode(200)
                .body("length", is(MIB))
                .body("thread",
                        startsWith("vert.x-eventloop"));
        assertThat(send("/test-web/body", "application/json", chunked(MIB)).body()).contains("" + MIB);
    }

    @ParameterizedTest
    @CsvSource({"1048577", "5000000", "20000000"})
    void longerBody_413(int length) {
        problem(json(new byte[length]).post("/test-web/body").then(), 413, "/test-web/body");
        tooLarge(send("/test-web/body", "application/json", HttpRequest.BodyPublishers.ofByteArray(new byte[length])));
        tooLarge(send("/test-web/body", "application/json", chunked(length)));
    }

    @Test
    void bodyNobodyReads_doesNotLoseTheAnswer() {
        assertThat(send("/nowhere", "application/json", chunked(20 * MIB)).statusCode()).isEqualTo(404);
        assertThat(send("/test-web/body", "text/csv", chunked(20 * MIB)).statusCode()).isEqualTo(415);
    }

    @Test
    void linesHaveNoLimitInAll() {
        assertThat(send("/test-web/parts/lines", "application/x-ndjson", chunked(20 * MIB)).body())
                .isEqualTo("" + 20 * MIB);
        assertThat(send("/test-web/parts/lines", "application/x-ndjson",
                HttpRequest.BodyPublishers.ofByteArray(new byte[20 * MIB])).body()).isEqualTo("" + 20 * MIB);
    }

    @Test
    void formsAreRead() {
        given().formParam("name", "Ada").post("/test-web/parts/form").then().statusCode(200).body(equalTo("Ada"));
        problem(given().formParam("name", "x".repeat(2 * MIB)).post("/test-web/parts/form").then(), 413,
                "/test-web/parts/form");
    }

    @Test
    void longHead() {
        problem(given().get("/test-web/page?x=" + "x".repeat(9_000)).then(), 414, "/test-web/page");
        problem(given().header("X-Long", "x".repeat(17_000)).get("/test-web/page").then(), 431, "/test-web/page");
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,cross-site", "Origin,https://evil.example", "Origin,http://localhost:1", "Origin,null",
            "Origin,nonsense %"})
    void changeFromAnotherSitesPage_403(String header, String value) {
        problem(json("{}".getBytes()).header(header, value).post("/test-web/body").then(), 403, "/test-web/body");
        given().header(header, value).get("/test-web/page").then().statusCode(200);
    }

    @Test
    void changeFromOurOwnPage() {
        json("{}".getBytes()).header("Sec-Fetch-Site", "same-origin")
                .header("Origin", "http://" + root.getAuthority())
                .post("/test-web/body")
                .then()
                .statusCode(200);
    }

    @Test
    void foreignName_421() {
        problem(given().header("Host", "evil.example").get("/test-web/page").then(), 421, "/test-web/page");
        for (String ours : List.of("127.0.0.1", "[::1]", "api", "sluice.shop.svc", "shop.localhost", "localhost.")) {
            given().header("Host", ours + ":" + root.getPort()).get("/test-web/page").then().statusCode(200);
        }
    }

    @Test
    void twoHosts_400() throws IOException {
        assertThat(raw("/test-web/page HTTP/1.1\r\nHost: shop.localhost\r\nX-Rest:")).startsWith("HTTP/1.1 400")
                .contains("more than one Host");
    }

    @Test
    void pagesAreProtected() {
        given().get("/test-web/page")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Permissions-Policy", containsString("geolocation=()"));
        given().get("/q/swagger-ui/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
    }

    static RequestSpecification json(byte[] body) {
        return given().contentType("application/json").body(body);
    }

    static ValidatableResponse problem(ValidatableResponse answer, int status, String path) {
        answer.statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", is(status))
                .body("title",
                        not(emptyString()))
                .body("type", not(emptyString()))
                .body("detail", not(emptyString()));
        return path == null ? answer : answer.body("instance", is(path));
    }

    String raw(String target) throws IOException {
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static HttpRequest.BodyPublisher chunked(int length) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length]));
    }

    static void tooLarge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("longer than 1048576 bytes");
    }

    HttpResponse<String> send(String path, String type, HttpRequest.BodyPublisher body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(root.toString()).resolve(path))
                    .header("Content-Type", type)
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(body)
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
