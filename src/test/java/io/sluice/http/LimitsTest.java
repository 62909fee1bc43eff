package io.sluice.http;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
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
    private static final int REQUESTS = 100;
    private static final int BACKLOG = 20;

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
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        }
    }
}
