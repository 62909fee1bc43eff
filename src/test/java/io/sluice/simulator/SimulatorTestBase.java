package io.sluice.simulator;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh simulator for each test, without latency or failures until a test sets them. */
abstract class SimulatorTestBase {

    static final SimulatorSettings PROMPT_AND_RELIABLE = new SimulatorSettings(0, Duration.ZERO, 0, 1L, null);

    Simulator simulator;
    Partners partners;

    @BeforeEach
    void start() {
        simulator = Simulator.start(PROMPT_AND_RELIABLE);
        partners = new Partners(simulator.port());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }
}
