package io.sluice.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class EventsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TestHTTPResource("/api")
    String api;
    @Inject
    EventLog log;
    @Inject
    AgroalDataSource database;

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

    @Test
    void pages_haveTheSameEventsAsAStream_inTheSameSequence() {
        try (SseClient stream = SseClient.open(api + "/events")) {
            await().atMost(PATIENCE).until(() -> stream.lastEventId() != null);
            String start = stream.lastEventId();
            String id = Api.postHandled();
            await().atMost(PATIENCE)
                    .until(() -> stream.events().stream().anyMatch(e -> "HANDLED".equals(e.text("status"))));
            List<Map<String, Object>> paged = new ArrayList<>();
            String after = start;
            boolean more = true;
            while (more) {
                JsonPath page = page("?limit=2&after=" + after);
                paged.addAll(page.getList("items"));
                assertThat(page.getList("items")).hasSizeLessThanOrEqualTo(2);
                after = page.getString("nextCursor");
                more = page.getBoolean("more");
            }
            Position from = Position.parse(start).orElseThrow();
            List<SseClient.Event> streamed = stream.events()
                    .stream()
                    .filter(event -> Position.parse(event.id()).orElseThrow().isAfter(from))
                    .toList();
            assertThat(paged).hasSizeGreaterThanOrEqualTo(streamed.size());
            for (int i = 0; i < streamed.size(); i++) {
                assertThat(paged.get(i)).containsEntry("id", streamed.get(i).id())
                        .containsEntry("event", streamed.get(i).type());
            }
            assertThat(page("?after=" + start + "&order=" + id).getList("items.data.status", String.class))
                    .hasSize(6)
                    .startsWith("QUEUED")
                    .endsWith("HANDLED");
            assertThat(page("?after=" + after).getString("nextCursor")).isNotEmpty();
        }
    }

    @Test
    void pages_withoutAfter_beginWithTheOldestEvent() {
        Api.post(Api.order());
        JsonPath first = page("?limit=1");
        assertThat(first.getList("items")).hasSize(1);
        assertThat(Position.parse(first.getString("items[0].id"))).isPresent();
        assertThat(first.getString("nextCursor")).isEqualTo(first.getString("items[0].id"));
    }

    @Test
    void pages_afterWhatIsNotKnown_410_andAfterWhatIsNoId_422() {
        for (String unknown : List.of("99999999999999-1", "18446744073709551615-1")) {
            given().accept("application/json").get("/api/events?after=" + unknown).then().statusCode(410);
        }
        given().accept("application/json")
                .get("/api/events?after=rubbish")
                .then()
                .statusCode(422)
                .body("errors[0].parameter", equalTo("after"));
        given().accept("application/json").get("/api/events?limit=0").then().statusCode(422);
    }

    /** As {@code curl -N} and Java ask by default. */
    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html, image/gif, image/jpeg, */*; q=0.2", "text/event-stream",
            "text/event-stream, application/json;q=0.5"})
    void withoutAWishForJson_theAnswerIsAStream(String accept) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(api + "/events").toURL().openConnection();
        connection.setRequestProperty("Accept", accept);
        assertThat(connection.getContentType()).isEqualTo("text/event-stream;charset=UTF-8");
        connection.disconnect();
    }

    @Test
    void replay_isBoundedByCountAndAge() {
        try (SseClient stream = SseClient.open(api + "/events")) {
            await().atMost(PATIENCE).until(() -> stream.lastEventId() != null);
            Position before = Position.parse(stream.lastEventId()).orElseThrow();
            String id = Api.postHandled();
            await().atMost(PATIENCE)
                    .until(() -> stream.events().stream().anyMatch(e -> "HANDLED".equals(e.text("status"))));
            assertThat(id).isNotNull();
            assertThat(canReplay(before, 100_000, Duration.ofHours(1))).isTrue();
            assertThat(canReplay(before, 5, Duration.ofHours(1))).as("six events").isFalse();
            assertThat(canReplay(before, 100_000, Duration.ZERO)).as("older than now").isFalse();
            Position end = log.newest().await().atMost(PATIENCE);
            assertThat(canReplay(end, 0, Duration.ofHours(1))).as("nothing is missing").isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"23, false", "25, true"})
    void clientThatWasAwayForMoreThanADay_isToldToResync(int hours, boolean resync) throws SQLException {
        try (SseClient stream = SseClient.open(api + "/events")) {
            await().atMost(PATIENCE).until(() -> stream.lastEventId() != null);
            String before = stream.lastEventId();
            String id = Api.send(Api.order().manual()).path("id");
            await().atMost(PATIENCE).until(() -> stream.events().stream().anyMatch(e -> id.equals(e.text("orderId"))));
            age(before, hours);
            try (SseClient late = SseClient.resume(api + "/events", before)) {
                await().atMost(PATIENCE).until(() -> !late.events().isEmpty());
                assertThat("resync".equals(late.events().get(0).type())).isEqualTo(resync);
            } finally {
                age(before, -hours);
            }
        }
    }

    /** Makes the events after this one older. */
    private void age(String after, int hours) throws SQLException {
        Position position = Position.parse(after).orElseThrow();
        try (Connection connection = database.getConnection();
                PreparedStatement change = connection.prepareStatement(
                        "update event_log set at = at - ? * interval '1 hour' where (xid, id) > (?, ?)")) {
            change.setInt(1, hours);
            change.setLong(2, position.xid());
            change.setLong(3, position.id());
            assertThat(change.executeUpdate()).isPositive();
        }
    }

    private boolean canReplay(Position position, int events, Duration age) {
        return log.canReplay(position, events, age).await().atMost(PATIENCE);
    }

    private static JsonPath page(String query) {
        return given().accept("application/json")
                .get("/api/events" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
