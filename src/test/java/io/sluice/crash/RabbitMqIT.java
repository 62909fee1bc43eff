package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Http;
import io.sluice.testing.Ports;
import io.sluice.testing.RabbitMq;
import io.sluice.testing.SluiceProcess;

/** The broker is RabbitMQ 3, with nothing set up at it but the plugin. */
@ExtendWith(FleetScenarios.class)
class RabbitMqIT {
    private static RabbitMq rabbit;

    @BeforeAll
    static void start() {
        rabbit = new RabbitMq();
    }

    @AfterAll
    static void stop() {
        if (rabbit != null) {
            rabbit.close();
        }
    }

    @Test
    void killedTwiceUnderLoad_noOrderIsLost_noneIsHandledTwice(Fleet fleet) {
        fleet.dismissWorkers();
        SluiceProcess api = fleet.launchApi(Ports.free(), fleet.database.port(), rabbit.port()).awaitReady();
        fleet.launchWorker("rabbit", Map.of(), fleet.database.port(), rabbit.port()).awaitReady();
        OrderBook orders = fleet.openBook();
        try (Load load = new Load(orders, api.url())) {
            for (int i = 0; i < 2; i++) {
                int before = orders.handled();
                orders.await("handling continues", () -> orders.handled() > before + 10);
                rabbit.kill();
                load.awaitMore(25);
                rabbit.start();
            }
            assertThat(load.refusals()).isEmpty();
        }
        orders.await("all messages are sent", () -> orders.unsent() == 0);
        orders.assertAllHandled();
        assertThat(rabbit.control("-q", "list_queues", "name", "durable")).containsPattern("sluice\\.work\\s+true");
    }

    @Test
    void queueThatWouldLoseItsMessages_isRefused_andTheBrokersErrorIsTold(Fleet fleet) {
        rabbit.control("eval", "rabbit_amqqueue:declare({resource, <<\"/\">>, queue, <<\"fleeting\">>},"
                + " false, false, [], none, <<\"test\">>).");
        fleet.dismissWorkers();
        SluiceProcess api = fleet.launchApi(Ports.free(), fleet.database.port(), rabbit.port(),
                Map.of("SLUICE_QUEUE_ADDRESS", "fleeting")).awaitReady();
        OrderBook orders = fleet.openBook();
        orders.accept(api.url(), "R-1").expect(202);
        String error = "inequivalent arg 'durable' for queue 'fleeting'";
        orders.await("the health report names the error",
                () -> Http.get(api.url() + "/q/health/ready").body().contains(error));
        assertThat(orders.unsent()).isEqualTo(1);
        orders.await("the log names the error", () -> api.output()
                .stream()
                .filter(line -> line.contains("amqp:precondition-failed: ") && line.contains(error))
                .count() == 1);
        fleet.steadyWorkers(1);
        orders.assertAllHandled();
    }
}
