package io.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.AmqpQueue;

class KeptServiceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration WAIT = Duration.ofMillis(1);

    private final List<Sleeper> started = Collections.synchronizedList(new ArrayList<>());
    private final List<String> end = Collections.synchronizedList(new ArrayList<>());

    /** A process that only lives. */
    private record Sleeper(Process process) implements KeptService.Service {
        static Sleeper start() {
            try {
                return new Sleeper(new ProcessBuilder("sleep", "600").start());
            } catch (IOException e) {
                throw new EmbeddedServicesException("no sleep", e);
            }
        }

        @Override
        public boolean alive() {
            return process.isAlive();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private Sleeper start() {
        Sleeper sleeper = Sleeper.start();
        started.add(sleeper);
        return sleeper;
    }

    private Sleeper startOnce() {
        if (started.isEmpty()) {
            return start();
        }
        throw new EmbeddedServicesException("disk full", null);
    }

    @Test
    void dies_isStartedAgain_untilItIsClosed() {
        try (KeptService kept = new KeptService("Sleep", this::start, end::add, WAIT)) {
            for (int deaths = 1; deaths <= 3; deaths++) {
                int times = deaths + 1;
                started.get(deaths - 1).close();
                await().atMost(PATIENCE).until(() -> started.size() == times);
            }
        }
        assertThat(started).hasSize(4).noneMatch(sleeper -> sleeper.process().onExit().join().isAlive());
        assertThat(end).isEmpty();
    }

    @Test
    void cannotBeStartedAgain_ownerIsTold_once() {
        try (KeptService kept = new KeptService("Sleep", this::startOnce, end::add, WAIT)) {
            started.get(0).close();
            await().atMost(PATIENCE).until(() -> !end.isEmpty());
        }
        assertThat(end).containsExactly("Sleep failed 4 times; the last time: disk full");
        assertThat(started).hasSize(1);
    }

    @Test
    void diesAgainAndAgain_ownerIsTold() {
        try (KeptService kept = new KeptService("Sleep", () -> {
            Sleeper sleeper = start();
            sleeper.close();
            sleeper.process().onExit().join();
            return sleeper;
        }, end::add, WAIT)) {
            await().atMost(PATIENCE).until(() -> !end.isEmpty());
        }
        assertThat(end).containsExactly("Sleep failed 4 times; the last time: it died");
    }

    @Test
    void brokerThatStops_isStartedAgain_withItsMessages(@TempDir Path folder) throws Exception {
        DataFolder data = DataFolder.open(folder);
        int port = LoopbackPorts.free(0);
        List<AmqpBroker> brokers = Collections.synchronizedList(new ArrayList<>());
        try (KeptService kept = new KeptService("The broker", () -> {
            AmqpBroker broker = AmqpBroker.start(data, port);
            brokers.add(broker);
            return broker;
        }, end::add, WAIT)) {
            AmqpQueue.send(port, "sluice.work", "kept");
            // As after an error of its journal.
            brokers.get(0).server.stop();
            await().atMost(PATIENCE).until(() -> brokers.size() == 2 && brokers.get(1).alive());
            assertThat(AmqpQueue.receive(port, "sluice.work")).isEqualTo("kept");
        }
        assertThat(end).isEmpty();
    }
}
