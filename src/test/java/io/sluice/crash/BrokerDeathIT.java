package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Http;
import io.sluice.testing.Ports;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;

/** The broker stops and restarts while orders are accepted. */
@ExtendWith(FleetScenarios.class)
class BrokerDeathIT {

    @Test
    void killedTenTimesWhileHandling_consumersAreStillAliveAfterTheLast(Fleet fleet) throws Exception {
        List<SluiceProcess> workers = fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        fleet.partners.setAll(Map.of("latencyMs", 50));
        try (Load load = new Load(orders, fleet.apiUrl())) {
            for (int i = 0; i < 10; i++) {
                int before = orders.handled();
                orders.await("handling continues", () -> orders.handled() > before);
                fleet.broker.kill();
                fleet.broker.start();
            }
            assertThat(load.refusals()).isEmpty();
            assertThat(load.unanswered()).isZero();
        }
        assertConsuming(fleet, orders, workers);
        orders.await("all messages are sent", () -> orders.unsent() == 0);
        orders.assertAllHandled();
    }

    /**
     * Checks that every worker consumes messages. A message with an unknown order is logged and dropped by its
     * receiver.
     */
    private static void assertConsuming(Fleet fleet, OrderBook orders, List<SluiceProcess> workers) throws Exception {
        for (SluiceProcess worker : workers) {
            long before = dropped(worker);
            orders.await("the worker receives messages", () -> {
                fleet.broker.sendWork("nonsense", workers.size());
                return dropped(worker) > before;
            });
        }
    }

    private static long dropped(SluiceProcess worker) {
        return worker.output().stream().filter(line -> line.contains("not the id of an order")).count();
    }

    @Test
    void downForAWhileUnderLoad_apiStaysLiveAndReady_backlogDrains(Fleet fleet) {
        fleet.steadyWorkers(2);
        OrderBook orders = fleet.openBook();
        try (Load load = new Load(orders, fleet.apiUrl())) {
            load.awaitMore(10);
            fleet.broker.kill();
            for (long second = 0; second < Outage.SECONDS; second++) {
                load.awaitMore(Load.ordersIn(1));
                assertHealthy(fleet.apiUrl());
            }
            orders.await("the dashboard says that nothing is received", () -> says(fleet, "nothing-received"));
            assertThat(orders.unsent()).as("unsent messages").isPositive();
            assertThat(load.refusals()).isEmpty();
            assertThat(load.unanswered()).isZero();
            fleet.broker.start();
        }
        orders.await("the backlog drains", () -> orders.unsent() == 0);
        orders.await("the dashboard says nothing more", () -> !says(fleet, "nothing-received"));
        assertThat(fleet.api().output()).anyMatch(line -> line.contains("The broker takes messages again"));
        orders.assertAllHandled();
    }

    private static boolean says(Fleet fleet, String notice) {
        return Http.get(fleet.apiUrl() + "/batches").body().contains(notice);
    }

    @Test
    void apiStartedWhileItIsDown(Fleet fleet) {
        fleet.steadyWorkers(1);
        OrderBook orders = fleet.openBook();
        fleet.broker.kill();
        try (Tap broker = new Tap(fleet.broker.port())) {
            SluiceProcess api = fleet.launchApi(Ports.free(), fleet.database.port(), broker.port()).awaitReady();
            for (int i = 0; i < 25; i++) {
                orders.accept(api.url(), "D-" + UUID.randomUUID()).expect(202);
            }
            assertHealthy(api.url());
            assertThat(orders.unsent()).isEqualTo(25);
            fleet.broker.start();
            orders.await("their messages are sent", () -> orders.unsent() == 0);
            assertThat(broker.connections()).as("connections of an API process").isLessThanOrEqualTo(2);
            orders.assertAllHandled();
        }
    }

    @Test
    void diskFull_nothingHangs_theAlarmIsInTheMetrics_andItRecovers(Fleet fleet) {
        fleet.steadyWorkers(1);
        OrderBook orders = fleet.openBook();
        fleet.broker.kill();
        fleet.broker.startWithFullDisk();
        // The broker has granted a thousand credits; they are used up first.
        orders.await("the broker accepts no more messages", () -> {
            orders.post(100);
            return orders.unsent() > 100;
        });
        try (Load load = new Load(orders, fleet.apiUrl())) {
            load.awaitMore(Load.ordersIn(1));
            orders.await("the oldest message waits longer than 5 s", () -> oldestMessageSeconds(fleet) > 5);
            assertHealthy(fleet.apiUrl());
            assertThat(load.refusals()).isEmpty();
            assertThat(load.unanswered()).isZero();
        }
        fleet.broker.kill();
        fleet.broker.start();
        orders.await("the backlog drains", () -> orders.unsent() == 0 && oldestMessageSeconds(fleet) < 5);
        orders.assertAllHandled();
    }

    private static double oldestMessageSeconds(Fleet fleet) {
        return Http.get(fleet.apiUrl() + "/q/metrics")
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.startsWith("sluice_outbox_oldest_age_seconds"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElse(0);
    }

    private static void assertHealthy(String api) {
        Http.get(api + "/q/health/live").expect(200);
        Http.get(api + "/q/health/ready").expect(200);
    }
}
