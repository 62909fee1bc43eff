package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.LeavingClients;
import io.sluice.testing.Ports;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.SseClient;

/** Processes are stopped during their work; others continue. */
@ExtendWith(FleetScenarios.class)
class ShutdownIT {
    private static final int LONG_MS = 300_000;
    /** Long leases: no other worker could take over unfinished orders during the test. */
    private static final Map<String, String> FOR_LONG = Map.of("SLUICE_HANDLING_LEASE", "1h",
            "SLUICE_PARTNERS_TIMEOUT_MS", Integer.toString(2 * LONG_MS));

    @Test
    void terminatedMidStep_withASecondWorkerGoingOn(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        SluiceProcess leaving = fleet.launchWorker("leaving", FOR_LONG);
        fleet.steadyWorkers(1);
        leaving.awaitReady();
        fleet.partners.setAll(Map.of("latencyMs", 1000));
        orders.post(60);
        orders.await("steps are running", () -> orders.count("s.status = 'HANDLING' and s.worker = 'leaving'") > 10);
        assertThat(workers(fleet)).contains("leaving");
        assertThat(leaving.terminate()).as("exit code").isZero();
        assertThat(workers(fleet)).doesNotContain("leaving");
        fleet.partners.behave();
        orders.assertAllHandled();
    }

    private static List<String> workers(Fleet fleet) {
        return Http.get(fleet.apiUrl() + "/api/workers").json().findValuesAsText("name");
    }

    @Test
    void stepThatRuns_endsAndIsRecorded_andAnotherWorkerGoesOnAtOnce(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        SluiceProcess leaver = fleet.launchWorker("leaver", FOR_LONG).awaitReady();
        fleet.partners.set("printer", Map.of("latencyMs", 6_000));
        String id = orders.post();
        orders.await("the step is running", () -> fleet.partners.called("printer", id, "print-packing-slip"));
        leaver.askToStop();
        orders.await("the worker logs that it is stopping",
                () -> Http.get(leaver.url() + "/q/health/ready").status() == 503);
        assertThat(leaver.awaitEnd()).as("exit code").isZero();
        assertThat(attempts(fleet, id, "actor")).containsExactly("leaver");
        assertThat(attempts(fleet, id, "outcome")).containsExactly("SUCCEEDED");

        fleet.partners.behave();
        fleet.startWorker("successor");
        orders.assertAllHandled();
        assertThat(attempts(fleet, id, "step")).isEqualTo(Invariants.PLAN);
        assertThat(attempts(fleet, id, "actor")).containsExactly("leaver", "successor", "successor", "successor");
    }

    @Test
    void stepThatDoesNotEnd_isGivenBack_andAnotherWorkerTakesItOverAtOnce(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        Map<String, String> impatient = new HashMap<>(FOR_LONG);
        impatient.put("SLUICE_SHUTDOWN_GRACE", "3s");
        SluiceProcess leaver = fleet.launchWorker("leaver", impatient).awaitReady();
        fleet.partners.set("printer", Map.of("latencyMs", LONG_MS));
        String id = orders.post();
        orders.await("the step is running", () -> fleet.partners.called("printer", id, "print-packing-slip"));
        fleet.partners.behave();
        fleet.startWorker("successor");
        assertThat(leaver.terminate()).as("exit code").isZero();
        assertThat(leaver.output()).anyMatch(line -> line.contains("1 orders were given back"));
        orders.assertAllHandled();
        assertThat(attempts(fleet, id, "outcome"))
                .containsExactly("UNKNOWN", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
        assertThat(attempts(fleet, id, "actor")).first().isEqualTo("leaver");
        assertThat(attempts(fleet, id, "step").subList(1, 5)).isEqualTo(Invariants.PLAN);
        assertThat(attempts(fleet, id, "actor").subList(1, 5)).containsOnly("successor");
    }

    @Test
    void clients_areAnsweredAndTheirStreamsEnd_andTheyResumeElsewhereWithoutLoss(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        SluiceProcess leaver = launchApi(fleet, Ports.free());
        SseClient client = SseClient.open(leaver.url() + events(orders));
        orders.await("the client is connected", () -> client.status() == 200);
        String before = id(orders.accept(leaver.url(), "before"));
        CompletableFuture<HttpResponse<String>> held = postAndWait(leaver, orders);
        orders.await("both events arrive", () -> told(client).size() == 2);
        assertThat(held).isNotDone();

        assertThat(leaver.terminate()).as("exit code").isZero();
        client.close();
        assertThat(client.ends()).as("streams that ended with their last chunk").isEqualTo(1);
        assertThat(held.join().statusCode()).isEqualTo(202);
        assertThat(held.join().body()).contains("\"id\"");

        List<String> after = List.of(id(orders.accept(fleet.apiUrl(), "after-1")),
                id(orders.accept(fleet.apiUrl(), "after-2")));
        try (SseClient resumed = SseClient.resume(fleet.apiUrl() + events(orders), client.lastEventId())) {
            orders.await("the other events arrive from another process", () -> told(resumed).containsAll(after));
            assertThat(told(resumed)).isEqualTo(after).doesNotContain(before);
        }
        fleet.steadyWorkers(1);
        orders.assertAllHandled();
    }

    @Test
    void clientsThatHaveLeft_doNotDelayIt(Fleet fleet) {
        fleet.configure(Map.of("SLUICE_SHUTDOWN_GRACE", "10m"));
        SluiceProcess leaver = launchApi(fleet, Ports.free());
        for (int i = 0; i < 20; i++) {
            LeavingClients.visit(leaver.url());
        }
        assertThat(leaver.terminate()).as("exit code").isZero();
    }

    @Test
    void loadBalancers_haveTimeToNotice(Fleet fleet) {
        fleet.configure(Map.of("SLUICE_SHUTDOWN_DELAY", "10m"));
        OrderBook orders = fleet.openBook();
        SluiceProcess leaver = launchApi(fleet, Ports.free());
        leaver.askToStop();
        orders.await("it is not ready", () -> Http.get(leaver.url() + "/q/health/ready").status() == 503);
        orders.accept(leaver.url(), "late").expect(202);
        leaver.askToStop();
        assertThat(leaver.awaitEnd()).as("exit code").isZero();
        fleet.steadyWorkers(1);
        orders.assertAllHandled();
    }

    /** While every API process is replaced in turn, no request meets an error. */
    @Test
    void rollingRestart_behindALoadBalancer(Fleet fleet, @TempDir Path folder) throws Exception {
        fleet.configure(Map.of("SLUICE_SHUTDOWN_DELAY", "3s"));
        OrderBook orders = fleet.openBook();
        List<Integer> ports = List.of(Ports.free(), Ports.free());
        Map<Integer, SluiceProcess> running = new HashMap<>();
        ports.forEach(port -> running.put(port, launchApi(fleet, port)));
        try (HaProxy balancer = new HaProxy(folder, List.copyOf(running.values()))) {
            try (Load load = new Load(orders, balancer.url()); Load other = new Load(orders, balancer.url())) {
                for (int port : ports) {
                    load.awaitMore(Load.ordersIn(3));
                    assertThat(running.get(port).terminate()).as("exit code").isZero();
                    running.put(port, launchApi(fleet, port));
                }
                other.awaitMore(Load.ordersIn(3));
                for (Load each : List.of(load, other)) {
                    assertThat(each.refusals()).isEmpty();
                    assertThat(each.unanswered()).isZero();
                }
            }
        }
        fleet.steadyWorkers(1);
        orders.assertAllHandled();
    }

    private static SluiceProcess launchApi(Fleet fleet, int port) {
        return fleet.launchApi(port, fleet.database.port(), fleet.broker.port()).awaitReady();
    }

    private static String events(OrderBook orders) {
        return "/api/events?channel=" + orders.channel();
    }

    private static String id(Http.Answer accepted) {
        return accepted.expect(202).json().path("id").asText();
    }

    private static CompletableFuture<HttpResponse<String>> postAndWait(SluiceProcess api, OrderBook orders) {
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(URI.create(api.url() + "/api/orders"))
                        .header("Content-Type", "application/json")
                        .header("Prefer", "wait=60")
                        .POST(HttpRequest.BodyPublishers
                                .ofString(Api.order().externalId("held").channel(orders.channel()).json()))
                        .build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> attempts(Fleet fleet, String id, String field) {
        return Http.get(fleet.apiUrl() + "/api/orders/" + id + "/history")
                .expect(200)
                .json()
                .path("attempts")
                .findValuesAsText(field);
    }

    private static List<String> told(SseClient client) {
        return client.events().stream().map(event -> event.text("orderId")).toList();
    }
}
