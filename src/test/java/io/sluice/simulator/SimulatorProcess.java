package io.sluice.simulator;

import java.nio.file.Path;
import java.time.Duration;

/** A simulator in a process of its own, for a test to kill; prints its port and stays. */
final class SimulatorProcess {

    private SimulatorProcess() {}

    public static void main(String... args) throws InterruptedException {
        Simulator simulator = Simulator.start(new SimulatorSettings(0, Duration.ZERO, 0, 1L, Path.of(args[0])));
        System.out.println(simulator.port());
        Thread.currentThread().join();
    }
}
