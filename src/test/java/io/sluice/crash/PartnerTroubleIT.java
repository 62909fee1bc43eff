package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.testing.Http;

/** Partners fail in many ways. */
@ExtendWith(FleetScenarios.class)
class PartnerTroubleIT {

    @Test
    void tenPerCentOfResponsesLost_over500Orders_exactly500Shipments(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.setAll(Map.of("lostResponseRate", 0.1));
        orders.post(500);
        orders.assertAllHandled();
        assertThat(orders.attempts("e.outcome = 'UNKNOWN'")).as("lost responses").isPositive();
        assertThat(orders.accepted().stream().mapToInt(fleet.partners::shipmentsOf).sum()).isEqualTo(500);
    }

    /** The carrier executes requests long after the caller has timed out, including repeated ones. */
    @Test
    void carrierHangsForAWhile(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.set("carrier", Map.of("latencyMs", Outage.SECONDS * 1000));
        orders.post(30);
        orders.await("the first requests are executed",
                () -> orders.accepted().stream().anyMatch(id -> fleet.partners.shipmentsOf(id) == 1));
        fleet.partners.behave();
        orders.assertAllHandled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "html", "half-json", "huge", "endless", "redirect", "server-error"})
    void carrierAnswersNonsense(String fault, Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.set("carrier", Map.of("fault", fault, "faultRate", 1));
        orders.post(20);
        orders.await("several attempts were made", () -> orders.attempts("e.step = 'create-shipment'") > 3);
        assertThat(orders.count("s.status = 'FAILED'")).isZero();
        assertThat(fleet.steadyWorkers(2)).allMatch(worker -> worker.alive());
        fleet.partners.behave();
        orders.assertAllHandled();
    }

    @Test
    void carrierAsksToComeBackLater(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.set("carrier",
                Map.of("fault", "too-many-requests", "faultRate", 1, "retryAfterSeconds", 10));
        orders.post(5);
        orders.await("all orders are delayed", () -> orders.count("s.status = 'DELAYED'") == 5);
        assertThat(orders.count("s.held_by is null and s.due_at < now() + interval '8 seconds'"))
                .as("orders due too early")
                .isZero();
        fleet.partners.behave();
        orders.assertAllHandled();
    }

    @Test
    void carrierDown_marketplaceFine(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.set("marketplace", Map.of("latencyMs", 1000));
        orders.post(30);
        orders.await("some orders have passed the carrier", () -> orders.count("s.step = 'send-tracking'") >= 20);
        fleet.partners.set("carrier", Map.of("down", true));
        int pastTheCarrier = orders.count("s.step in ('send-tracking', 'mark-shipped')");
        OrderBook scouts = fleet.openBook();
        scouts.post(20);
        scouts.await("the carrier is reported as down", () -> state(fleet, "carrier").equals("DOWN")
                && scouts.count("s.reason_code = 'partner-down'") == 20);
        OrderBook held = fleet.openBook();
        held.post(30);
        held.await("the other orders are held",
                () -> held.count("s.status = 'DELAYED' and s.reason_code = 'partner-down'") == 30);
        assertThat(held.count("s.attempts > 0")).as("orders with spent attempts").isZero();
        orders.await("orders past the carrier are handled", () -> orders.handled() >= pastTheCarrier);
        assertThat(state(fleet, "marketplace")).isEqualTo("UP");
        fleet.partners.behave();
        for (OrderBook book : List.of(orders, scouts, held)) {
            book.assertAllHandled();
        }
        assertThat(state(fleet, "carrier")).isEqualTo("UP");
    }

    private static String state(Fleet fleet, String partner) {
        for (JsonNode told : Http.get(fleet.apiUrl() + "/api/partners").expect(200).json()) {
            if (told.path("name").asText().equals(partner)) {
                return told.path("state").asText();
            }
        }
        throw new AssertionError("unknown partner " + partner);
    }

    @Test
    void simulatorsRestart_isAnOutageOfAllPartners(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.setAll(Map.of("latencyMs", 300));
        orders.post(60);
        orders.await("handling is in progress", () -> orders.attempts("e.outcome = 'SUCCEEDED'") > 60);
        fleet.partners.kill();
        orders.await("the workers have noticed the outage", () -> orders.attempts("e.outcome <> 'SUCCEEDED'") > 0);
        fleet.partners.start();
        orders.assertAllHandled();
    }
}
