package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;

/** Workers are killed at critical moments; others continue their orders. */
@ExtendWith(FleetScenarios.class)
class WorkerDeathIT {
    /** Long enough to be caught in the middle of a call on a machine that stalls, and below the timeout of a call. */
    private static final Map<String, Object> SLOW = Map.of("latencyMs", 8_000);

    @Test
    void killedMidStep(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        SluiceProcess doomed = fleet.startWorker("doomed");
        fleet.partners.set("carrier", SLOW);
        orders.post(40);
        orders.await("most orders are at the carrier",
                () -> orders.count("s.worker = 'doomed' and s.step = 'create-shipment'") > 20);
        doomed.kill();
        assertThat(orders.count("s.status = 'HANDLING'")).as("interrupted orders").isPositive();
        fleet.partners.behave();
        fleet.steadyWorkers(1);
        orders.assertAllHandled();
    }

    /** A worker sleeps past its leases. Its late results must be refused. */
    @Test
    void frozenPastItsLease_itsLateResultsAreRefused(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        SluiceProcess slow = fleet.startWorker("slow");
        fleet.partners.set("carrier", SLOW);
        orders.post(20);
        orders.await("most orders are at the carrier",
                () -> orders.count("s.worker = 'slow' and s.step = 'create-shipment'") > 10);
        slow.freeze();
        int left = orders.count("s.worker = 'slow'");
        fleet.partners.behave();
        fleet.steadyWorkers(1);
        orders.assertAllHandled();
        int written = orders.attempts("true");
        slow.thaw();
        orders.await("all late results are refused",
                () -> slow.output().stream().filter(line -> line.contains("A late result of order")).count() >= left);
        assertThat(orders.attempts("true")).as("attempts in the histories").isEqualTo(written);
        orders.assertAllHandled();
    }

    @Test
    void killedBetweenThePartnersAnswerAndItsOwnWrite(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        try (Tap database = new Tap(fleet.database.port())) {
            SluiceProcess doomed = fleet.launchWorker("doomed", Map.of(), database.port(), fleet.broker.port())
                    .awaitReady();
            // The record of the second step contains the third.
            database.holdAt("send-tracking");
            String order = orders.post();
            orders.await("the worker is about to write", () -> database.holdsBack("send-tracking"));
            doomed.kill();
            assertThat(fleet.partners.shipmentsOf(order)).isEqualTo(1);
        }
        assertThat(orders.attempts("e.step = 'create-shipment'")).as("attempts written").isZero();
        fleet.steadyWorkers(1);
        orders.assertAllHandled();
    }

    @Test
    void killedBetweenWriteAndAck(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        try (Tap broker = new Tap(fleet.broker.port())) {
            SluiceProcess doomed = fleet.launchWorker("doomed", Map.of(), fleet.database.port(), broker.port())
                    .awaitReady();
            orders.post();
            orders.await("the worker receives messages", () -> orders.handled() == 1);
            broker.hold();
            orders.post(20);
            orders.await("the worker has claimed orders without acknowledging them",
                    () -> orders.count("s.worker = 'doomed'") > 1 && broker.heldBack() > 0);
            doomed.kill();
        }
        fleet.steadyWorkers(2);
        orders.assertAllHandled();
    }

    @Test
    void tenDieInARow_with500OrdersQueued(Fleet fleet) throws Exception {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        fleet.partners.setAll(Map.of("latencyMs", 500));
        orders.post(500);
        SluiceProcess next = launchDoomed(fleet, 1);
        for (int i = 1; i <= 10; i++) {
            SluiceProcess doomed = next;
            if (i < 10) {
                // A worker starts slower than the previous one is killed.
                next = launchDoomed(fleet, i + 1);
            }
            String name = "doomed-" + i;
            orders.await(name + " has claimed orders", () -> orders.count("s.worker = '%s'".formatted(name)) > 0);
            doomed.kill();
        }
        assertThat(orders.count("s.status = 'QUEUED'")).as("queued orders").isPositive();
        fleet.partners.behave();
        fleet.steadyWorkers(2);
        orders.assertAllHandled();
        assertThat(fleet.broker.takeDeadLetters()).isEmpty();
    }

    private static SluiceProcess launchDoomed(Fleet fleet, int number) {
        return fleet.launchWorker("doomed-" + number, Map.of("SLUICE_HANDLING_CONCURRENCY", "8"));
    }

    @Test
    void sameMessageAHundredTimes_toTwoWorkers(Fleet fleet) throws Exception {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.setAll(Map.of("latencyMs", 300));
        String order = orders.post();
        fleet.broker.sendWork(order, 100);
        orders.await("the order is handled", () -> orders.handled() == 1);
        fleet.broker.sendWork(order, 100);
        // Their messages follow the duplicates.
        orders.post(20);
        orders.assertAllHandled();
    }
}
