package io.sluice.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;

/**
 * Attacks that no client library sends. {@link ApiDescriptionTest} drives every operation with hostile values, and
 * {@code StoredScriptBrowserTest} looks at what was stored.
 */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class AttackTest {
    private static final String ORDER = Api.order().manual().json();

    @TestHTTPResource("/")
    URI root;

    @ParameterizedTest
    @ValueSource(strings = {"/../../../etc/passwd", "/dashboard/../../application.properties",
            "/dashboard/..%2f..%2fapplication.properties", "/dashboard/%2e%2e/%2e%2e/application.properties",
            "/dashboard/..%5c..%5capplication.properties", "/dashboard/%252e%252e%252fapplication.properties",
            "/dashboard/..;/..;/application.properties", "/dashboard//etc/passwd", "/dashboard/dashboard.css%00.html",
            "/META-INF/resources/dashboard/dashboard.css", "/templates/dashboard/orders.html",
            "/q/swagger-ui/..%2f..%2f..%2fapplication.properties", "/dashboard/db/migration/V1__orders.sql",
            "/dashboard/file:///etc/passwd"})
    void pathsOutOfTheFolders_areNotFound(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404|405) .*")
                .doesNotContain("root:", "quarkus.", "create table", "{#include");
    }

    /** What clients send comes back in some fields: the id of a request, and messages after a form. */
    @Test
    void fieldsOfAnswers_cannotBeMadeByRequests() throws IOException {
        for (String end : List.of("\r", "\n", "\r\n", "%0d%0a", "\u0085", "\u010a\u010d")) {
            String answer = raw(
                    "GET /api/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: a" + end
                            + "Set-Cookie: pwned=1\r\n\r\n");
            assertThat(fields(answer)).as(end).noneMatch(field -> field.startsWith("Set-Cookie"));
        }
        Response form = given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .formParam("orderId", "x\r\nSet-Cookie: pwned=1")
                .formParam("printOrder", "x\r\nSet-Cookie: pwned=1")
                .post("/dashboard/batches?q=a%0d%0aSet-Cookie:%20pwned=1");
        assertThat(form.headers().asList()).noneMatch(field -> field.getValue().startsWith("pwned"));
        String number = "a\r\nSet-Cookie: pwned=1";
        Response accepted = Api.send(Api.order().manual().externalId(number));
        accepted.then().statusCode(202).body("externalId", is("a Set-Cookie: pwned=1"));
        Response slip = given().get("/api/orders/" + accepted.path("id") + "/packing-slip.pdf");
        assertThat(slip.statusCode()).isEqualTo(200);
        assertThat(slip.headers().hasHeaderWithName("Set-Cookie")).isFalse();
    }

    /** A proxy that reads only one of two lengths would pass on a second request within the first one's body. */
    @Test
    void requestsWithTwoLengths_areRefused_andTheirRestIsNotRead() throws IOException {
        String inner = "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + ORDER.length() + "\r\n\r\n" + ORDER;
        String head = "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n";
        for (String lengths : List.of("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: " + inner.length() + "\r\n\r\n",
                "Content-Length: +0\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 0x0\r\n\r\n",
                "Transfer-Encoding: gzip, identity\r\n\r\n", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")) {
            String answer = raw(head + lengths + inner);
            assertThat(answer).as(lengths).startsWith("HTTP/1.1 4").doesNotContain("HTTP/1.1 202");
        }
    }

    @Test
    void fieldsThatOnlyTheServiceSets_cannotBeSent() {
        Map<String, Object> own = Map.of("id", UUID.randomUUID(), "status", "HANDLED", "step", "mark-shipped",
                "version",
                7, "trackingNumber", "T1", "carrier", "dhl", "batchId", UUID.randomUUID(), "position", 1, "receivedAt",
                "2020-01-01T00:00:00Z", "queuePosition", 1);
        own.forEach((field, value) -> Api.send(Api.order().manual().with(field, value))
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItems("/" + field)));
        String id = Api.send(Api.order().manual()).path("id");
        own.forEach((field, value) -> given().header("If-Match", "*")
                .contentType("application/merge-patch+json")
                .body(Map.of(field, value))
                .patch("/api/orders/" + id)
                .then()
                .statusCode(422));
        for (String field : List.of("channel", "externalId", "currency", "total", "lines", "adjustments", "handling")) {
            given().header("If-Match", "*")
                    .contentType("application/merge-patch+json")
                    .body(Map.of(field, "x"))
                    .patch("/api/orders/" + id)
                    .then()
                    .statusCode(422);
        }
        given().get("/api/orders/" + id).then().body("version", is(1)).body("status", is("RECEIVED"));
    }

    private static List<String> fields(String answer) {
        return List.of(answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n"));
    }

    /** The answers on a connection to these bytes. */
    private String raw(String requests) throws IOException {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.getOutputStream().write(requests.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
