package io.sluice.simulator;

import java.nio.file.Path;
import java.time.Duration;

/** STAND-IN, to be overwritten. */
public record SimulatorSettings(int port, Duration latency, double failureRate, Long seed, Path journalDir) {}
