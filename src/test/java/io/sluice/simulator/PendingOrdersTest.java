package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The orders that wait at a simulated marketplace. */
class PendingOrdersTest extends SimulatorTestBase {
    private static final String CONTROL = "/simulator/marketplace/pending-orders";

    @TempDir
    Path folder;

    @Test
    void orders_comeInPages_inTheSequenceOfTheirLastChange() {
        place("A-1", "A-2", "A-3");
        place("A-1");

        Partners.Answer first = page("?limit=2");
        assertThat(first.texts("externalId")).containsExactly("A-2", "A-3");
        assertThat(first.body().path("more").booleanValue()).isTrue();
        Partners.Answer second = page("?limit=2&cursor=" + first.text("nextCursor"));
        assertThat(second.texts("externalId")).containsExactly("A-1");
        assertThat(second.body().path("more").booleanValue()).isFalse();
        Partners.Answer third = page("?cursor=" + second.text("nextCursor"));
        assertThat(third.body().path("orders")).isEmpty();
        assertThat(third.text("nextCursor")).isEqualTo(second.text("nextCursor"));
    }

    @Test
    void cancelledOrder_comesAgain() {
        place("A-1");
        String cursor = page("").text("nextCursor");

        assertThat(partners.call("POST", CONTROL + "/A-1/cancel", null, null).status()).isEqualTo(200);

        assertThat(page("?cursor=" + cursor).body().at("/orders/0/cancelled").booleanValue()).isTrue();
        assertThat(partners.get("/marketplace/pending-orders/A-1").body().path("cancelled").booleanValue()).isTrue();
        assertThat(partners.call("POST", CONTROL + "/A-2/cancel", null, null).status()).isEqualTo(404);
    }

    @Test
    void unchangedPage_isNotSentAgain() throws Exception {
        place("A-1");
        HttpResponse<String> first = conditional("");
        String etag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(conditional(etag).statusCode()).isEqualTo(304);
        place("A-2");
        assertThat(conditional(etag).statusCode()).isEqualTo(200);
        partners.set("marketplace", "{\"down\": true}");
        assertThat(conditional(conditional("").headers().firstValue("ETag").orElse(etag)).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "99"})
    void unknownCursor_isGone(String cursor) {
        assertThat(page("?cursor=" + cursor).status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "-1"})
    void limitThatIsNone_isRefused(String limit) {
        assertThat(page("?limit=" + limit).status()).isEqualTo(400);
    }

    @Test
    void marketplaces_haveOrdersOfTheirOwn() {
        partners.call("POST", CONTROL + "?marketplace=ebay", null, "{\"externalId\": \"E-1\"}");

        assertThat(page("").body().path("orders")).isEmpty();
        assertThat(partners.get("/marketplaces/ebay/pending-orders").texts("externalId")).containsExactly("E-1");
        assertThat(partners.get(CONTROL + "?marketplace=ebay").texts("externalId")).containsExactly("E-1");
    }

    @Test
    void orderWithoutANumber_isRefused() {
        assertThat(partners.call("POST", CONTROL, null, "{}").status()).isEqualTo(422);
        assertThat(partners.call("PATCH", CONTROL, null, "{\"perMinute\": -1}").status()).isEqualTo(422);
        assertThat(partners.call("PATCH", CONTROL, null, "{}").status()).isEqualTo(422);
    }

    @Test
    void nothingTricklesIn_unlessAskedFor() {
        assertThat(page("").body().path("orders")).isEmpty();
        assertThat(partners.call("PATCH", CONTROL, null, "{\"perMinute\": 60000}").status()).isEqualTo(200);

        await().until(() -> !page("").body().path("orders").isEmpty());
    }

    @Test
    void orders_trickleIn_asTimePasses() {
        PendingOrders orders = new PendingOrders(null, 6, 1);
        Instant start = Instant.parse("2026-03-02T09:30:00Z");

        orders.trickle(start);
        assertThat(orders.all()).hasSize(3);
        orders.trickle(start.plusSeconds(9));
        assertThat(orders.all()).hasSize(3);
        orders.trickle(start.plusSeconds(20));
        assertThat(orders.all()).hasSize(5);
        assertThat(orders.all()).extracting(PendingOrder::externalId).doesNotHaveDuplicates();
    }

    @Test
    void orders_outliveTheProcess() {
        SimulatorSettings durable = new SimulatorSettings(0, Duration.ZERO, 0, 1L, folder);
        String cursor;
        try (Simulator first = Simulator.start(durable)) {
            Partners at = new Partners(first.port());
            at.call("POST", CONTROL, null, "{\"externalId\": \"A-1\"}");
            at.call("POST", CONTROL, null, "{\"externalId\": \"A-2\"}");
            cursor = at.get("/marketplace/pending-orders?limit=1").text("nextCursor");
        }
        try (Simulator second = Simulator.start(durable)) {
            assertThat(new Partners(second.port()).get("/marketplace/pending-orders?cursor=" + cursor)
                    .texts("externalId")).containsExactly("A-2");
        }
    }

    private void place(String... externalIds) {
        List.of(externalIds)
                .forEach(id -> assertThat(partners.call("POST", CONTROL, null, "{\"externalId\": \"" + id + "\"}")
                        .status()).isEqualTo(201));
    }

    private Partners.Answer page(String query) {
        return partners.get("/marketplace/pending-orders" + query);
    }

    private HttpResponse<String> conditional(String etag) throws Exception {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + partners.port() + "/marketplace/pending-orders"));
        if (!etag.isEmpty()) {
            request.header("If-None-Match", etag);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
