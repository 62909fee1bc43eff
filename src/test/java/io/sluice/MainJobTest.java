package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

/** The main job from outside: many clients, failing partners, live clients of which one keeps losing its connection. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class MainJobTest {
    private static final int ORDERS = 200;
    private static final List<String> STEPS = List.of("print-packing-slip", "create-shipment", "send-tracking",
            "mark-shipped");

    @TestHTTPResource("/api/events")
    String events;
    @TestHTTPResource("")
    String home;

    @BeforeEach
    void failingPartners() {
        List.of("carrier", "printer", "marketplace")
                .forEach(partner -> Partners.set(partner, Map.of("latencyMs", 20, "failureRate", 0.05)));
    }

    @AfterEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    @Test
    void twoHundredOrders_eachHandledOnceOrFailedWithReason_everyEventSeenOnce() throws Exception {
        try (SseClient steady = SseClient.open(events); SseClient restless = SseClient.open(events).dropEvery(300)) {
            await().until(() -> steady.lastEventId() != null && restless.lastEventId() != null);
            Set<String> ids = postAll();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> settled(steady, ids) == ORDERS && settled(restless, ids) == ORDERS);
            assertThat(restless.connections()).isGreaterThan(1);
            assertEveryEventOnce(steady, ids);
            assertThat(seen(restless, ids)).isEqualTo(seen(steady, ids));
            Map<String, List<String>> shipments = shipments();
            ids.forEach(id -> assertHandledOnceOrFailedWithReason(id, shipments.getOrDefault(id, List.of())));
        }
    }

    private static Set<String> postAll() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> posted = new ArrayList<>();
            for (int i = 0; i < ORDERS; i++) {
                posted.add(clients.submit(() -> Api.post(Api.order())));
            }
            Set<String> ids = new HashSet<>();
            for (Future<String> id : posted) {
                ids.add(id.get());
            }
            return ids;
        } finally {
            clients.shutdownNow();
        }
    }

    private static long settled(SseClient client, Set<String> ids) {
        return client.events()
                .stream()
                .filter(event -> ids.contains(event.text("orderId")))
                .filter(event -> Set.of("HANDLED", "FAILED").contains(event.text("status")))
                .map(event -> event.text("orderId"))
                .distinct()
                .count();
    }

    private static List<String> seen(SseClient client, Set<String> ids) {
        return client.events()
                .stream()
                .filter(event -> ids.contains(event.text("orderId")))
                .map(SseClient.Event::id)
                .toList();
    }

    private static void assertEveryEventOnce(SseClient client, Set<String> ids) {
        assertThat(seen(client, ids)).doesNotHaveDuplicates();
        Map<String, List<Integer>> versions = new HashMap<>();
        client.events()
                .stream()
                .filter(event -> ids.contains(event.text("orderId")))
                .forEach(event -> versions.computeIfAbsent(event.text("orderId"), id -> new ArrayList<>())
                        .add(event.data().get("version").asInt()));
        versions.forEach((id, seen) -> assertThat(seen).as("versions of order %s", id)
                .isSortedAccordingTo(Comparator.naturalOrder())
                .startsWith(1, 2, 3)
                .hasSize(seen.get(seen.size() - 1)));
    }

    private void assertHandledOnceOrFailedWithReason(String id, List<String> shipments) {
        JsonNode order = get("api/orders/" + id);
        JsonNode attempts = get("api/orders/" + id + "/history").path("attempts");
        List<String> outcomes = attempts.findValuesAsText("outcome");
        List<String> done = StreamSupport.stream(attempts.spliterator(), false)
                .filter(attempt -> attempt.path("outcome").asText().equals("SUCCEEDED"))
                .map(attempt -> attempt.path("step").asText())
                .toList();
        if (order.path("status").asText().equals("HANDLED")) {
            assertThat(done).as("steps of order %s", id).isEqualTo(STEPS);
            assertThat(shipments).as("shipments of order %s", id)
                    .containsExactly(order.path("trackingNumber").asText());
        } else {
            assertThat(order.path("status").asText()).as("status of order %s", id).isEqualTo("FAILED");
            assertThat(order.path("reason").path("code").asText()).as("reason of order %s", id)
                    .isEqualTo("partner-refused");
            assertThat(STEPS.subList(0, done.size())).isEqualTo(done);
            assertThat(outcomes).as("outcomes of order %s", id).endsWith("FAILED").hasSize(done.size() + 1);
        }
    }

    private JsonNode get(String path) {
        return Http.get(home + path).expect(200).json();
    }

    /** The tracking numbers of every shipment ever made, by order. */
    private static Map<String, List<String>> shipments() {
        return Partners.shipments()
                .stream()
                .collect(Collectors.groupingBy(shipment -> (String) shipment.get("orderId"),
                        Collectors.mapping(shipment -> (String) shipment.get("trackingNumber"), Collectors.toList())));
    }
}
