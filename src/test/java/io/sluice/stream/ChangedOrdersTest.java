package io.sluice.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ChangedOrdersTest {
    @Inject
    AgroalDataSource database;

    /** Reading begins somewhat before the time that is asked for. That part of the log must not be removed meanwhile. */
    @BeforeEach
    void awaitLogThatRetentionLeavesAlone() {
        Api.until(() -> {
            String since = "limit=1&updatedSince=" + Instant.now();
            page(since + "&cursor=" + page(since).getString("nextCursor"));
        });
    }

    private static JsonPath page(String query) {
        return given().get("/api/orders?" + query).then().statusCode(200).extract().jsonPath();
    }

    /**
     * Reads on until there is no more; returns the last cursor. A page may be empty: the log is read from somewhat earlier,
     * and other tests have changed orders, too.
     */
    private static String readAll(Object since, String cursor, int limit, List<String> ids) {
        String next = cursor;
        JsonPath page;
        do {
            page = page("updatedSince=" + since + "&limit=" + limit + (next == null ? "" : "&cursor=" + next));
            assertThat(page.getList("items")).hasSizeLessThanOrEqualTo(limit);
            ids.addAll(page.getList("items.id"));
            next = page.getString("nextCursor");
        } while (page.getBoolean("more"));
        return next;
    }

    /** Readers see an order once the tail could: a transaction that still runs holds it back. */
    private static String awaitAll(Instant since, String cursor, List<String> expected) {
        List<String> ids = new ArrayList<>();
        String[] next = {cursor};
        Api.until(() -> {
            next[0] = readAll(since, next[0], 2, ids);
            assertThat(ids).containsAll(expected);
        });
        assertThat(ids.stream().filter(expected::contains)).containsExactlyElementsOf(expected);
        return next[0];
    }

    @Test
    void changes_comeInTheirSequence_andEachOrderOnce_untilItChangesAgain() {
        Instant since = Instant.now();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(Api.send(Api.order().manual()).path("id"));
        }
        Api.act(ids.get(1), "cancel").then().statusCode(200);
        List<String> expected = List.of(ids.get(0), ids.get(2), ids.get(3), ids.get(4), ids.get(1));
        String cursor = awaitAll(since, null, expected);
        assertThat(page("updatedSince=" + since + "&cursor=" + cursor).getList("items")).isEmpty();
        Api.act(ids.get(3), "cancel").then().statusCode(200);
        awaitAll(since, cursor, List.of(ids.get(3)));
    }

    /** The events of one transaction differ in the second half of their position only. */
    @Test
    void changesOfOneTransaction_mayBeSplitBetweenPages() throws SQLException {
        Instant since = Instant.now();
        List<String> ids = Api.post(5, Api.order().manual());
        try (Connection connection = database.getConnection();
                PreparedStatement change = connection
                        .prepareStatement("update order_state set version = version + 1 where order_id = ?")) {
            connection.setAutoCommit(false);
            for (String id : ids) {
                change.setObject(1, UUID.fromString(id));
                assertThat(change.executeUpdate()).isOne();
            }
            connection.commit();
        }
        awaitAll(since, null, ids);
    }

    @Test
    void changeAtThatVeryTime_comes() {
        String id = Api.send(Api.order().manual()).path("id");
        String updated = Api.get(id).extract().path("updatedAt");
        awaitAll(Instant.parse(updated), null, List.of(id));
    }

    @Test
    void ordersAreShownAsTheyAre_andFiltersCount() {
        Instant since = Instant.now();
        String cancelled = Api.send(Api.order().manual().channel("changed-a")).path("id");
        String received = Api.send(Api.order().manual().channel("changed-b")).path("id");
        Api.act(cancelled, "cancel").then().statusCode(200);
        awaitAll(since, null, List.of(received, cancelled));
        List<String> found = new ArrayList<>();
        readAll(since + "&status=CANCELLED&channel=changed-a", null, 200, found);
        assertThat(found).containsExactly(cancelled);
        Api.get(cancelled).body("status", is("CANCELLED"));
        found.clear();
        readAll(since + "&channel=changed-b", null, 200, found);
        assertThat(found).containsExactly(received);
    }

    @Test
    void whatChangedEarlier_isLeftOut() {
        String early = Api.send(Api.order().manual()).path("id");
        Instant since = Instant.now();
        String late = Api.send(Api.order().manual()).path("id");
        List<String> ids = new ArrayList<>();
        Api.until(() -> {
            ids.clear();
            readAll(since, null, 200, ids);
            assertThat(ids).contains(late);
        });
        assertThat(ids).doesNotContain(early);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T09:30:00Z", "2026-01-31T09:30:00+01:00", "2026-01-31T09:30:00 01:00",
            "1900-01-01T00:00:00Z", "2100-01-01T00:00:00Z"})
    void anyTime_isRead(String since) {
        assertThat(page("limit=1&updatedSince=" + since).getString("nextCursor")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-31", "1769851800", "2026-01-31T09:30:00"})
    void wrongTime_422(String since) {
        given().get("/api/orders?updatedSince=" + since)
                .then()
                .statusCode(422)
                .body("errors[0].parameter", equalTo("updatedSince"));
    }

    @Test
    void cursorOfTheTable_unknownOne_andText() {
        String changes = "/api/orders?updatedSince=2026-01-31T09:30:00Z&";
        given().get(changes + "cursor=rubbish").then().statusCode(422).body("errors[0].parameter", equalTo("cursor"));
        given().get(changes + "cursor=99999999999999-1").then().statusCode(410);
        given().get(changes + "q=ada").then().statusCode(422).body("errors[0].parameter", equalTo("q"));
    }
}
