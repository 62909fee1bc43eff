package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

class SimulatorTest {

    @Test
    void start_portTaken_messageNamesIt() {
        try (Simulator first = Simulator.start(SimulatorTestBase.PROMPT_AND_RELIABLE)) {
            assertThatThrownBy(() -> Simulator.start(onPort(first.port()))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void close_thenStartOnTheSamePort_works() {
        int port = 0;
        for (int i = 0; i < 20; i++) {
            try (Simulator simulator = Simulator.start(onPort(port))) {
                port = simulator.port();
                assertThat(new Partners(port).createShipment("o-1").status()).isEqualTo(201);
            }
        }
    }

    @Test
    void close_callWaiting_connectionBreaks() {
        Simulator simulator = Simulator.start(new SimulatorSettings(0, Duration.ofHours(1), 0, null, null));
        Partners partners = new Partners(simulator.port());
        CompletableFuture<Partners.Answer> waiting = partners.markShippedAsync("o-1");
        await().until(() -> !partners.get("/simulator/marketplace/orders").body().isEmpty());

        simulator.close();
        simulator.close();

        assertThatThrownBy(waiting::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> partners.createShipment("o-1")).hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void close_afterCalls_noThreadStays() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Simulator simulator = Simulator.start(SimulatorTestBase.PROMPT_AND_RELIABLE);
        new Partners(simulator.port()).createShipment("o-1");
        List<Thread> started = Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("vert.x-"))
                .toList();

        simulator.close();

        assertThat(started).isNotEmpty();
        await().until(() -> started.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void settings_outOfRange_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> onPort(65_536)).withMessageContaining("port");
        assertThatIllegalArgumentException().isThrownBy(() -> with(Duration.ofMillis(-1), 0))
                .withMessageContaining("latency");
        assertThatIllegalArgumentException().isThrownBy(() -> with(Duration.ZERO, 1.1))
                .withMessageContaining("failure rate");
        assertThatIllegalArgumentException().isThrownBy(() -> with(Duration.ZERO, Double.NaN))
                .withMessageContaining("failure rate");
    }

    private static SimulatorSettings onPort(int port) {
        return new SimulatorSettings(port, Duration.ZERO, 0, null, null);
    }

    private static SimulatorSettings with(Duration latency, double failureRate) {
        return new SimulatorSettings(0, latency, failureRate, null, null);
    }
}
