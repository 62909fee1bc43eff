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

/** Partners fail in every way they can. */
@ExtendWith(FleetScenarios.class)
class PartnerTroubleIT {

    @Test
    void tenPerCentOfResponsesLost_over500Orders_exactly500Shipments(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.setAll(Map.of("lostResponseRate", 0.1));
        orders.post(500);
        orders.assertAllHandled();
        assertThat(orders.attempts("e.outcome = 'UNKNOWN'")).as("answers lost").isPositive();
        assertThat(orders.accepted().stream().mapToInt(fleet.partners::shipmentsOf).sum()).isEqualTo(500);
    }

    /** Calls are taken, and carried out long after their caller has given up; so are those that repeat them. */
    @Test
    void carrierHangsForAWhile(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.set("carrier", Map.of("latencyMs", Outage.SECONDS * 1000));
        orders.post(30);
        orders.await("the first calls are carried out after all",
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
        orders.await("it has been suffered", () -> orders.attempts("e.step = 'create-shipment'") > 3);
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
        orders.await("all have been sent away", () -> orders.count("s.status = 'DELAYED'") == 5);
        assertThat(orders.count("s.held_by is null and s.due_at < now() + interval '8 seconds'"))
                .as("orders that would come back too early")
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
        orders.await("some are past the carrier", () -> orders.count("s.step = 'send-tracking'") >= 20);
        fleet.partners.set("carrier", Map.of("down", true));
        int pastTheCarrier = orders.count("s.step in ('send-tracking', 'mark-shipped')");
        OrderBook scouts = fleet.openBook();
        scouts.post(20);
        scouts.await("everybody is told", () -> state(fleet, "carrier").equals("DOWN")
                && scouts.count("s.reason_code = 'partner-down'") == 20);
        OrderBook held = fleet.openBook();
        held.post(30);
        held.await("the others wait",
                () -> held.count("s.status = 'DELAYED' and s.reason_code = 'partner-down'") == 30);
        assertThat(held.count("s.attempts > 0")).as("orders that have spent attempts on it").isZero();
        orders.await("those past the carrier go on", () -> orders.handled() >= pastTheCarrier);
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
        throw new AssertionError("nobody knows the " + partner);
    }

    @Test
    void simulatorsRestart_isAnOutageOfAllPartners(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.setAll(Map.of("latencyMs", 300));
        orders.post(60);
        orders.await("they are under way", () -> orders.attempts("e.outcome = 'SUCCEEDED'") > 60);
        fleet.partners.kill();
        orders.await("the workers have noticed", () -> orders.attempts("e.outcome <> 'SUCCEEDED'") > 0);
        fleet.partners.start();
        orders.assertAllHandled();
    }
}
