package io.sluice;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.sluice.process.Role;
import io.sluice.schema.DatabaseLogin;
import io.sluice.simulator.SimulatorSettings;
import io.smallrye.config.SmallRyeConfig;

/**
 * What the entry point must know before Quarkus starts. It comes from the sources that Quarkus reads too: system
 * properties, environment, {@code application.properties}. A value that is blank counts as absent.
 */
record Settings(Role role, String httpHost, Optional<Integer> httpPort, boolean embedded, Optional<String> databaseUrl,
        boolean migrate, Path dataFolder, Optional<URI> tracingEndpoint, Optional<Double> tracingRatio,
        SimulatorConfig simulator, SmallRyeConfig config) {

    private static final String DATABASE_URL = "quarkus.datasource.reactive.url";

    /**
     * Reads every value once, so that a wrong one is found before anything is started.
     *
     * @throws IllegalArgumentException if a value cannot be read; {@link FailureMessage} makes one line of it
     */
    static Settings read() {
        // Not ConfigProvider.getConfig(): it would create the application's own configuration too early.
        SmallRyeConfig config = ConfigUtils.emptyConfigBuilder()
                .addDiscoveredSources()
                .withMapping(SimulatorConfig.class)
                .build();
        Optional<String> databaseUrl = text(config, DATABASE_URL);
        boolean external = databaseUrl.isPresent() || text(config, "amqp-host").isPresent();
        boolean embedded = value(config, "sluice.embedded", new SettingConverters.TrueOrFalse()).orElse(true);
        String httpHost = text(config, "quarkus.http.host").orElse("127.0.0.1");
        boolean open = value(config, "sluice.auth", new SettingConverters.NoAuthentication()).isPresent();
        if (!open && !isLoopback(httpHost)) {
            throw new StartFailure(("QUARKUS_HTTP_HOST: at \"%s\" other machines can reach Sluice, which has no login."
                    + " Put a proxy with a login in front of it, or set SLUICE_AUTH=none to let everybody in.")
                    .formatted(httpHost));
        }
        return new Settings(
                value(config, "sluice.role", Role::of).orElse(Role.ALL),
                httpHost,
                value(config, "quarkus.http.port", new SettingConverters.Port()),
                embedded && !external,
                databaseUrl,
                value(config, "sluice.database.migrate", new SettingConverters.TrueOrFalse()).orElse(true),
                value(config, "sluice.data-dir", Path::of).orElse(Path.of("data")),
                value(config, "sluice.tracing.endpoint", new SettingConverters.HttpUrl()),
                value(config, "sluice.tracing.ratio", new SettingConverters.Share()),
                config.getConfigMapping(SimulatorConfig.class),
                config);
    }

    /** Whether only this machine can reach the address. A name that is not known here is somewhere else. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    /** The database of JDBC, once {@link QuarkusProperties#database} has been called. */
    DatabaseLogin databaseLogin() {
        return new DatabaseLogin(text("quarkus.datasource.jdbc.url").orElseThrow(),
                text("quarkus.datasource.username").orElse(null), text("quarkus.datasource.password").orElse(null));
    }

    /** The names of all keys that are set, as their sources spell them. */
    Iterable<String> keys() {
        return config.getPropertyNames();
    }

    /** Whether this process starts the simulator, if that is configured. */
    Optional<Boolean> simulatorEnabled() {
        return simulator.enabled();
    }

    String simulatorHost() {
        return simulator.host().orElse("127.0.0.1");
    }

    int simulatorPort() {
        return simulator.port().orElse(8090);
    }

    /** It remembers in the data folder what it did. */
    SimulatorSettings simulatorSettings() {
        return new SimulatorSettings(simulatorHost(), simulatorPort(),
                simulator.latency().orElse(Duration.ofMillis(500)),
                simulator.failureRate().orElse(0.05), simulator.ordersPerMinute().orElse(6.0),
                simulator.seed().orElse(null), dataFolder.resolve("simulator"));
    }

    /** The value of a key, unless it is blank or absent. */
    Optional<String> text(String key) {
        return text(config, key);
    }

    private static Optional<String> text(SmallRyeConfig config, String key) {
        return value(config, key, text -> text);
    }

    private static <T> Optional<T> value(SmallRyeConfig config, String key, Converter<T> converter) {
        return config.getOptionalValue(key,
                (Converter<T>) text -> text.isBlank() ? null : converter.convert(text.strip()));
    }
}
