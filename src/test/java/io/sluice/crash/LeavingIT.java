package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.sluice.testing.SluiceProcess;

/** A worker is asked to go while steps of its run; another one goes on. */
@ExtendWith(FleetScenarios.class)
class LeavingIT {

    @Test
    void terminatedMidStep_withASecondWorkerGoingOn(Fleet fleet) {
        fleet.dismissWorkers();
        OrderBook orders = fleet.openBook();
        // What it would leave behind unfinished, nobody could take over before the test gives up.
        SluiceProcess leaving = fleet.launchWorker("leaving", Map.of("SLUICE_HANDLING_LEASE", "1h")).awaitReady();
        fleet.steadyWorkers(1);
        fleet.partners.setAll(Map.of("latencyMs", 1000));
        orders.post(60);
        orders.await("steps run", () -> orders.count("s.status = 'HANDLING' and s.worker = 'leaving'") > 10);
        assertThat(leaving.terminate()).as("exit code").isZero();
        fleet.partners.behave();
        orders.assertAllHandled();
    }
}
