package io.sluice;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;

/**
 * {@code sluice.simulator.*}: the simulated partners. {@link Settings} has the defaults, so that a blank value is one.
 */
@ConfigMapping(prefix = "sluice.simulator")
interface SimulatorConfig {

    /** Whether this process starts the simulator; if absent, the process that owns the embedded services does. */
    @WithConverter(SettingConverters.TrueOrFalse.class)
    Optional<Boolean> enabled();

    /** The address that it is bound to. */
    Optional<String> host();

    @WithConverter(SettingConverters.Port.class)
    Optional<Integer> port();

    /** How long a partner takes to answer. */
    @WithConverter(SettingConverters.Latency.class)
    Optional<Duration> latency();

    /** Share of the calls that are refused. */
    @WithConverter(SettingConverters.Share.class)
    Optional<Double> failureRate();

    /** How many orders are placed at a marketplace whose orders are fetched, in a minute. */
    @WithConverter(SettingConverters.Amount.class)
    Optional<Double> ordersPerMinute();

    /** Makes failures repeatable; if absent, they are random. */
    Optional<Long> seed();
}
