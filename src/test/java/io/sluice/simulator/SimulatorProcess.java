package io.sluice.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A simulator in a process of its own, for a test to kill; prints its port and stays until its input ends. */
public final class SimulatorProcess {

    private SimulatorProcess() {}

    /** @param args journal folder, port (any free one if absent) */
    public static void main(String... args) throws IOException {
        int port = args.length < 2 ? 0 : Integer.parseInt(args[1]);
        try (Simulator simulator = Simulator.start(
                new SimulatorSettings(port, Duration.ZERO, 0, 1L, Path.of(args[0])))) {
            System.out.println(simulator.port());
            System.in.read();
        }
        System.exit(0);
    }
}
