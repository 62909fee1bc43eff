package io.sluice.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class EventsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TestHTTPResource("/api")
    String api;

    private static List<String> statuses(SseClient client) {
        return client.events().stream().map(event -> event.text("status")).toList();
    }

    @Test
    void order_startsWithItsState_endsOnceHandled_andIsNotReopened() {
        String id = Api.post(Api.order());
        try (SseClient client = SseClient.open(api + "/orders/" + id + "/events")) {
            await().atMost(PATIENCE).until(() -> client.status() == 204);
            assertThat(statuses(client)).last().isEqualTo("HANDLED");
            List<Integer> versions = client.events().stream().map(e -> e.data().get("version").asInt()).toList();
            assertThat(versions).doesNotHaveDuplicates().isSorted().last().isEqualTo(6);
        }
    }

    @Test
    void order_thatHasEnded_showsItsStateAndCloses() {
        String id = Api.postHandled();
        try (SseClient client = SseClient.open(api + "/orders/" + id + "/events")) {
            await().atMost(PATIENCE).until(() -> client.status() == 204);
            assertThat(statuses(client)).first().isEqualTo("HANDLED");
        }
    }

    /** The client sends the second request on the connection of the first. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/events", "/api/orders/{id}/events", "/dashboard/events"})
    void head_answersAndEnds(String path) {
        String id = Api.post(Api.order());
        for (int i = 0; i < 2; i++) {
            given().head(path.replace("{id}", id))
                    .then()
                    .statusCode(200)
                    .contentType("text/event-stream;charset=UTF-8")
                    .header("X-Accel-Buffering", "no");
        }
        given().get("/api/orders/" + id).then().statusCode(200);
    }

    @Test
    void order_unknown_is404Problem() {
        given().get("/api/orders/" + UUID.randomUUID() + "/events")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void all_resumedAfterAnId_getsExactlyWhatFollowed() {
        try (SseClient first = SseClient.open(api + "/events")) {
            await().atMost(PATIENCE).until(() -> first.lastEventId() != null);
            String a = Api.postHandled();
            String b = Api.postHandled();
            await().atMost(PATIENCE)
                    .until(() -> first.events().stream().filter(e -> "HANDLED".equals(e.text("status"))).count() >= 2);
            List<SseClient.Event> seen = first.events();
            SseClient.Event middle = seen.stream()
                    .filter(e -> a.equals(e.text("orderId")))
                    .skip(2)
                    .findFirst()
                    .orElseThrow();
            List<String> after = seen.subList(seen.indexOf(middle) + 1, seen.size())
                    .stream()
                    .map(SseClient.Event::id)
                    .toList();
            try (SseClient second = SseClient.resume(api + "/events", middle.id())) {
                await().atMost(PATIENCE).until(() -> second.events().size() >= after.size());
                assertThat(second.events().stream().map(SseClient.Event::id).limit(after.size())).isEqualTo(after);
            }
            assertThat(b).isNotNull();
        }
    }

    @Test
    void all_resumedAfterAnUnknownId_isToldToResync() {
        for (String unknown : List.of("rubbish", "9999999999999-1", "-1-1", "1--1", "9223372036854775808-1",
                "1-9223372036854775808", "18446744073709551615-18446744073709551615", "99999999999999999999999-1")) {
            try (SseClient client = SseClient.resume(api + "/events", unknown)) {
                await().atMost(PATIENCE).until(() -> !client.events().isEmpty());
                assertThat(client.events().get(0).type()).isEqualTo("resync");
            }
        }
    }

    @Test
    void filters_letThroughWhatWasAskedFor() {
        try (SseClient client = SseClient.open(api + "/events?channel=webshop&status=HANDLED&status=FAILED");
                SseClient other = SseClient.open(api + "/events?channel=nobody-sells-here")) {
            await().atMost(PATIENCE).until(() -> client.lastEventId() != null && other.lastEventId() != null);
            String id = Api.postHandled();
            await().atMost(PATIENCE).until(() -> client.events().stream().anyMatch(e -> id.equals(e.text("orderId"))));
            assertThat(statuses(client)).isNotEmpty().isSubsetOf("HANDLED", "FAILED");
            assertThat(other.events()).isEmpty();
        }
    }

    @Test
    void filter_thatMakesNoSense_is422NamingIt() {
        given().get("/api/events?status=SHIPPED")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].parameter", equalTo("status"));
        given().get("/api/events?order=17").then().statusCode(422).body("errors[0].parameter", equalTo("order"));
    }
}
