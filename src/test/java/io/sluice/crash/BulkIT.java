package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Api;
import io.sluice.testing.BulkClient;
import io.sluice.testing.SluiceProcess;

/** The process that reads a stream of orders goes away in the middle; the stream is sent again. */
@ExtendWith(FleetScenarios.class)
class BulkIT {
    private static final int LINES = 20_000;

    @Test
    void killed(Fleet fleet) {
        broken(fleet, SluiceProcess::kill);
    }

    @Test
    void stopped(Fleet fleet) {
        broken(fleet, api -> assertThat(api.terminate()).as("exit code").isZero());
    }

    private static void broken(Fleet fleet, Consumer<SluiceProcess> end) {
        OrderBook orders = fleet.openBook("manual");
        List<String> lines = IntStream.range(0, LINES)
                .mapToObj(i -> Api.order().manual().channel(orders.channel()).externalId("B-" + i).json())
                .toList();
        SluiceProcess api = fleet.api();
        CompletableFuture<BulkClient.Answers> sending = CompletableFuture
                .supplyAsync(() -> BulkClient.send(fleet.apiUrl(), lines));
        orders.await("some are stored", () -> orders.count("true") > 300);
        end.accept(api);
        BulkClient.Answers first = sending.join();
        fleet.startApi();

        assertThat(first.whole()).as("the stream came to its end").isFalse();
        assertThat(first.count(202)).isEqualTo(first.lines().size()).isLessThan(LINES);
        assertThat(orders.count("true")).isBetween(first.lines().size(), LINES - 1);

        BulkClient.Answers second = BulkClient.send(fleet.apiUrl(), lines);
        assertThat(second.whole()).isTrue();
        assertThat(second.ids()).hasSize(LINES).doesNotHaveDuplicates().startsWith(first.ids().toArray(String[]::new));
        assertThat(second.count(200)).isGreaterThanOrEqualTo(first.lines().size());
        assertThat(second.count(200) + second.count(202)).isEqualTo(LINES);
        assertThat(orders.count("true")).isEqualTo(LINES);
    }
}
