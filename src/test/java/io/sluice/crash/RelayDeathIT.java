package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.Ports;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;

/** The API process is killed after the broker has accepted the message and before the outbox records it. */
@ExtendWith(FleetScenarios.class)
class RelayDeathIT {

    @Test
    void killedAfterSendingAndBeforeMarking(Fleet fleet) {
        fleet.steadyWorkers(1);
        OrderBook orders = fleet.openBook();
        try (Tap database = new Tap(fleet.database.port()); Tap broker = new Tap(fleet.broker.port())) {
            int port = Ports.free();
            SluiceProcess doomed = fleet.launchApi(port, database.port(), broker.port()).awaitReady();
            orders.accept(doomed.url(), "R-" + port + "-1").expect(202);
            orders.await("the process is connected to the broker", () -> orders.unsent() == 0);
            broker.hold();
            String order = orders.accept(doomed.url(), "R-" + port + "-2").expect(202).json().path("id").asText();
            orders.await("the message is being sent", () -> broker.holdsBack(order));
            database.hold();
            broker.release();
            orders.await("it has arrived, of which the database is about to be told",
                    () -> orders.handled() == 2 && database.heldBack() > 0);
            assertThat(orders.unsent()).isEqualTo(1);
            doomed.kill();
        }
        orders.await("another process has sent it again", () -> orders.unsent() == 0);
        orders.assertAllHandled();
    }
}
