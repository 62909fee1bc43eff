package io.sluice;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** {@code sluice.simulator.*}: the simulated partners. */
@ConfigMapping(prefix = "sluice.simulator")
interface SimulatorConfig {

    /** Whether this process starts the simulator; if absent, the process that owns the embedded services does. */
    @WithConverter(SettingConverters.TrueOrFalse.class)
    Optional<Boolean> enabled();

    @WithDefault("8090")
    @WithConverter(SettingConverters.Port.class)
    int port();

    /** How long a partner takes to answer. */
    @WithDefault("500ms")
    @WithConverter(SettingConverters.Latency.class)
    Duration latency();

    /** Share of the calls that are refused. */
    @WithDefault("0.05")
    @WithConverter(SettingConverters.Share.class)
    double failureRate();

    /** Makes failures repeatable; if absent, they are random. */
    OptionalLong seed();
}
