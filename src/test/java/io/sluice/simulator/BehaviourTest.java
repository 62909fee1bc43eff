package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** What is common to all partners: latency, refusals, outages and lost answers. */
class BehaviourTest extends SimulatorTestBase {

    @Test
    void latency_notOverYet_noEffectAndOthersAreServed() {
        partners.set("marketplace", "{\"latencyMs\": 86400000}");
        CompletableFuture<Partners.Answer> waiting = partners.markShippedAsync("o-1");
        await().until(() -> received("o-1") == 1);
        partners.set("marketplace", "{\"latencyMs\": 0}");

        assertThat(partners.markShipped("o-2").status()).isEqualTo(200);
        assertThat(partners.get("/marketplace/orders/o-1").status()).isEqualTo(404);
        assertThat(waiting).isNotDone();
    }

    @Test
    void latency_hundredsWaiting_allServed() {
        partners.set("carrier", "{\"latencyMs\": 500}");
        List<CompletableFuture<Partners.Answer>> calls = orders(300).stream()
                .map(partners::createShipmentAsync)
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join().status()).isEqualTo(201));
    }

    @Test
    void latency_callerHangsUp_effectHappensAllTheSame() throws IOException {
        partners.set("marketplace", "{\"latencyMs\": 300}");
        try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
            socket.getOutputStream().write("""
                    PUT /marketplace/orders/o-1/shipped HTTP/1.1\r
                    Host: localhost\r
                    Content-Length: 0\r
                    Idempotency-Key: k\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));
        }

        await().until(() -> partners.get("/marketplace/orders/o-1").status() == 200);
    }

    @Test
    void failure_always_refusedWithReasonAndNoEffect() {
        partners.set("carrier", "{\"failureRate\": 1}");

        Partners.Answer answer = partners.createShipment("o-1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.text("detail")).isIn(Carrier.REFUSALS);
        assertThat(partners.get("/simulator/carrier/shipments").body()).isEmpty();
    }

    @Test
    void failure_sameKeyAgain_mayGoWell() {
        partners.set("carrier", "{\"failureRate\": 1}");
        partners.createShipment("o-1");
        partners.set("carrier", "{\"failureRate\": 0.5}");

        await().until(() -> partners.createShipment("o-1").status() == 201);
    }

    @Test
    void failure_effectAlreadyThere_notRefusedAnyMore() {
        partners.createShipment("o-1");
        partners.set("carrier", "{\"failureRate\": 1}");

        assertThat(partners.createShipment("o-1").status()).isEqualTo(200);
    }

    @Test
    void failure_sameSeed_sameDecisionsWhateverTheOrder() {
        List<String> orders = orders(100);
        List<String> shuffled = new ArrayList<>(orders);
        Collections.shuffle(shuffled, new Random(5));

        Map<String, String> decisions = decisions(7, orders);

        assertThat(decisions(7, shuffled)).isEqualTo(decisions);
        assertThat(decisions(8, orders)).isNotEqualTo(decisions);
    }

    @Test
    void down_everyCall_unavailableUntilItIsUp() {
        partners.createShipment("o-1");
        partners.set("carrier", "{\"down\": true, \"latencyMs\": 86400000}");

        Partners.Answer answer = partners.createShipment("o-2");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.text("detail")).isEqualTo("The carrier is down");
        assertThat(partners.createShipment("o-1").status()).isEqualTo(503);
        assertThat(partners.get("/carrier/shipments?reference=o-1").status()).isEqualTo(503);
        assertThat(partners.print("o-2", 1).status()).isEqualTo(201);
        assertThat(partners.get("/simulator/carrier/shipments").body()).hasSize(1);
        partners.set("carrier", "{\"down\": false, \"latencyMs\": 0}");
        assertThat(partners.createShipment("o-2").status()).isEqualTo(201);
    }

    @Test
    void down_whileCallWaits_unavailableWithoutEffect() {
        partners.set("marketplace", "{\"latencyMs\": 2000}");
        CompletableFuture<Partners.Answer> waiting = partners.markShippedAsync("o-1");
        await().until(() -> received("o-1") == 1);
        partners.set("marketplace", "{\"down\": true}");

        assertThat(waiting.join().status()).isEqualTo(503);
        partners.set("marketplace", "{\"down\": false}");
        assertThat(partners.get("/marketplace/orders/o-1").status()).isEqualTo(404);
    }

    @Test
    void lostResponse_effectHappenedAndCanBeLookedUp() {
        partners.set("carrier", "{\"lostResponseRate\": 1}");

        assertThatThrownBy(() -> partners.createShipment("o-1")).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);

        Partners.Answer found = partners.get("/carrier/shipments?reference=o-1");
        partners.set("carrier", "{\"lostResponseRate\": 0}");
        Partners.Answer repeated = partners.createShipment("o-1");
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(found.texts("trackingNumber")).containsExactly(repeated.text("trackingNumber"));
    }

    private static Map<String, String> decisions(long seed, List<String> orders) {
        try (Simulator seeded = Simulator.start(new SimulatorSettings(0, Duration.ZERO, 0.5, seed, null))) {
            Partners partners = new Partners(seeded.port());
            Map<String, CompletableFuture<Partners.Answer>> calls = orders.stream()
                    .collect(Collectors.toMap(Function.identity(), partners::createShipmentAsync));
            return calls.entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey,
                            call -> String.valueOf(call.getValue().join().text("detail"))));
        }
    }

    private static List<String> orders(int count) {
        return IntStream.range(0, count).mapToObj(i -> "o-" + i).toList();
    }

    private int received(String orderId) {
        return partners.get("/simulator/marketplace/orders?orderId=" + orderId).body().at("/0/calls").asInt();
    }
}
