package io.sluice.http;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.sluice.testing.SluiceServices;

/** No worker runs, so the backlog stays as it is. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestProfile(LimitsTest.Limited.class)
class LimitsTest {
    @TestHTTPResource("/")
    URI root;

    private static final int REQUESTS = 100;
    private static final int BACKLOG = 20;
    private static final int CONCURRENT = 5;
    private static final int LINES = 20;

    private static Response get(String caller) {
        return given().header("X-Forwarded-For", caller).get("/api/load");
    }

    private static Response send(String caller, String handling) {
        return given().header("X-Forwarded-For", caller)
                .contentType("application/json")
                .body(order().handling(handling).json())
                .post("/api/orders");
    }

    @Test
    void everyAnswerSaysWhatIsLeft() {
        get("192.0.2.1").then()
                .statusCode(200)
                .header("RateLimit-Policy", "\"caller\";q=100;w=3600")
                .header("RateLimit", "\"caller\";r=99;t=36");
        given().header("X-Forwarded-For", "192.0.2.1")
                .get("/api/orders/none")
                .then()
                .statusCode(404)
                .header("RateLimit", matchesPattern("\"caller\";r=98;t=7[12]"));
        given().header("X-Forwarded-For", "192.0.2.1")
                .get("/")
                .then()
                .statusCode(200)
                .header("RateLimit",
                        blankOrNullString());
    }

    @Test
    void callerThatSendsTooMany_isToldWhenToComeBack_andNobodyElse() {
        List<Integer> statuses = IntStream.range(0, REQUESTS + 10)
                .mapToObj(i -> get("2001:db8::" + Integer.toHexString(i)).statusCode())
                .toList();
        assertThat(statuses.subList(0, REQUESTS)).containsOnly(200);
        assertThat(statuses.subList(REQUESTS, REQUESTS + 10)).containsOnly(429);
        HttpErrorsTest.problem(get("2001:db8::ffff").then(), 429, null)
                .header("RateLimit", matchesPattern("\"caller\";r=0;t=3[56]\\d\\d"))
                .header("Retry-After", matchesPattern("3[56]"));
        get("2001:db8:0:1::1").then().statusCode(200);
    }

    /** A stream of events is underway as long as it is open. */
    @Test
    void callerWithManyRequestsUnderway_isRefusedMore_andNobodyElse() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        for (int i = 0; i < CONCURRENT; i++) {
            HttpResponse<InputStream> stream = follow("192.0.2.20");
            assertThat(stream.statusCode()).isEqualTo(200);
            streams.add(stream.body());
        }
        HttpErrorsTest.problem(get("192.0.2.20").then(), 429, null)
                .header("Retry-After", "1")
                .body("detail", containsString(CONCURRENT + " of your requests"));
        assertThat(follow("192.0.2.20").statusCode()).isEqualTo(429);
        get("192.0.2.21").then().statusCode(200);

        streams.get(0).close();
        await().until(() -> get("192.0.2.20").statusCode() == 200);
        for (InputStream stream : streams) {
            stream.close();
        }
    }

    private HttpResponse<InputStream> follow(String caller) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(root.resolve("/api/events")).header("X-Forwarded-For", caller).build(),
                        BodyHandlers.ofInputStream());
    }

    @Test
    void streamWithTooManyLines_isSlowedDown_andNobodyElses() throws Exception {
        try (BufferedReader slowed = stream("192.0.2.30", LINES + 1);
                BufferedReader other = stream("192.0.2.31", LINES)) {
            for (int i = 0; i < LINES; i++) {
                assertThat(slowed.readLine()).contains("\"status\":202");
            }
            assertThat(other.lines()).hasSize(LINES);
            assertThat(slowed.ready()).as("one more answer").isFalse();
        }
    }

    private BufferedReader stream(String caller, int orders) throws Exception {
        String lines = IntStream.range(0, orders)
                .mapToObj(i -> order().manual().json())
                .collect(Collectors.joining("\n"));
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/orders/bulk"))
                .header("X-Forwarded-For", caller)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines))
                .build();
        return new BufferedReader(new InputStreamReader(
                HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body(), UTF_8));
    }

    @Test
    void fileWithTooManyRows_isRefusedWhole() {
        HttpErrorsTest.problem(file("192.0.2.40", LINES + 1).then(), 413, null)
                .body("detail", containsString("You may send " + LINES));
        file("192.0.2.40", LINES / 2 + 1).then().statusCode(200);
        HttpErrorsTest.problem(file("192.0.2.40", LINES / 2).then(), 429, null)
                .body("detail", containsString("of this file's " + LINES / 2))
                .header("Retry-After", matchesPattern("\\d+"));
        file("192.0.2.40", LINES / 2 - 1).then().statusCode(200);
    }

    private static Response file(String caller, int orders) {
        String header = "Order number,Customer name,Recipient,Street,Postal code,City,Country,Currency,SKU,Title,"
                + "Quantity,Unit price\n";
        String rows = IntStream.range(0, orders)
                .mapToObj(i -> UUID.randomUUID() + ",Ada,Ada,1 High Street,NW1 6XE,London,GB,GBP,A,Mug,1,2.50\n")
                .collect(Collectors.joining());
        return given().header("X-Forwarded-For", caller)
                .contentType("text/csv")
                .queryParam("handling", "manual")
                .body(header + rows)
                .post("/api/orders/csv");
    }

    @Test
    void backlogAtItsLimit_isToldToo() {
        cancelWhatOtherTestsLeft();
        List<String> taken = new ArrayList<>();
        Response refused = await().until(() -> {
            Response answer = send("192.0.2.10", "auto");
            if (answer.statusCode() == 202) {
                taken.add(answer.path("id"));
            }
            return answer;
        }, answer -> answer.statusCode() != 202);
        HttpErrorsTest.problem(refused.then(), 503, null)
                .body("type", is(ProblemType.OVERLOADED.uri()))
                .body("detail", containsString(BACKLOG + " may"))
                .header("Retry-After", "10");
        assertThat(taken).hasSizeGreaterThan(BACKLOG / 2);
        send("192.0.2.11", "manual").then().statusCode(202);

        taken.subList(0, taken.size() - BACKLOG / 2).forEach(LimitsTest::cancel);
        await().until(() -> send("192.0.2.12", "auto").statusCode() == 202);
    }

    private static void cancelWhatOtherTestsLeft() {
        given().get("/api/orders?status=QUEUED&limit=100")
                .jsonPath()
                .getList("items.id", String.class)
                .forEach(LimitsTest::cancel);
    }

    private static void cancel(String id) {
        given().post("/api/orders/" + id + "/cancel");
    }

    public static class Limited implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.role", "api", "sluice.accept.max-backlog", "" + BACKLOG,
                    "sluice.http.rate-limit.requests", "" + REQUESTS, "sluice.http.rate-limit.window", "1h",
                    "sluice.http.rate-limit.concurrent", "" + CONCURRENT, "sluice.http.rate-limit.lines", "" + LINES,
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        }
    }
}
