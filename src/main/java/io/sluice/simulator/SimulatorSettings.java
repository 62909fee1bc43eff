package io.sluice.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a simulator starts.
 *
 * @param host address that it is bound to
 * @param port TCP port; 0 takes any free one
 * @param latency how long each partner takes for a call that changes something; zero or more
 * @param failureRate share of those calls that each partner refuses, 0 to 1
 * @param ordersPerMinute how many orders are placed at a marketplace whose orders are fetched, in a minute
 * @param seed makes refusals and lost answers repeatable; {@code null} for a random one
 * @param journalDir folder in which the partners remember what they did; {@code null} to forget it with the process
 */
public record SimulatorSettings(String host, int port, Duration latency, double failureRate, double ordersPerMinute,
        Long seed,
        Path journalDir) {

    /** On the loopback interface, with no orders at the marketplace. */
    public SimulatorSettings(int port, Duration latency, double failureRate, Long seed, Path journalDir) {
        this(LOOPBACK, port, latency, failureRate, 0, seed, journalDir);
    }

    static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_ORDERS_PER_MINUTE = 60_000;

    /** @throws IllegalArgumentException for a port, latency or rate out of range, naming it */
    public SimulatorSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(latency, "latency");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Simulator port must be 0 to 65535, not " + port);
        }
        if (latency.isNegative() || latency.compareTo(Duration.ofMillis(PartnerSettings.MAX_LATENCY_MS)) > 0) {
            throw new IllegalArgumentException("Simulator latency must be 0 to 24 hours, not " + latency);
        }
        if (!(ordersPerMinute >= 0 && ordersPerMinute <= MAX_ORDERS_PER_MINUTE)) {
            throw new IllegalArgumentException("Simulator orders per minute must be 0 to " + MAX_ORDERS_PER_MINUTE
                    + ", not " + ordersPerMinute);
        }
        if (!(failureRate >= 0 && failureRate <= 1)) {
            throw new IllegalArgumentException("Simulator failure rate must be 0 to 1, not " + failureRate);
        }
    }
}
