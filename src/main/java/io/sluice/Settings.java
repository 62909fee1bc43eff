package io.sluice;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.microprofile.config.ConfigValue;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.DurationConverter;
import io.sluice.process.Role;
import io.smallrye.config.SmallRyeConfig;

/**
 * What the entry point has to know before Quarkus starts, from the same sources that Quarkus reads: system properties,
 * environment, {@code application.properties}.
 */
final class Settings {

    private static final int MAX_PORT = 65_535;

    private final SmallRyeConfig config;

    private Settings(SmallRyeConfig config) {
        this.config = config;
    }

    // Not ConfigProvider.getConfig(): that would create the application's own configuration before its time.
    static Settings read() {
        return new Settings(ConfigUtils.emptyConfigBuilder().addDiscoveredSources().build());
    }

    Role role() {
        return value("sluice.role", Role::of).orElse(Role.ALL);
    }

    String httpHost() {
        return text("quarkus.http.host").orElse("127.0.0.1");
    }

    /** The HTTP port that somebody has set, if any. */
    Optional<Integer> httpPort() {
        return value("quarkus.http.port", text -> number(text, 0, MAX_PORT));
    }

    Optional<String> databaseUrl() {
        return text("quarkus.datasource.reactive.url");
    }

    boolean isSet(String key) {
        return text(key).isPresent();
    }

    /** Whether PostgreSQL and the broker are to be our own: asked only where no others are configured. */
    boolean embedded() {
        return databaseUrl().isEmpty() && !isSet("amqp-host")
                && value("sluice.embedded", Settings::bool).orElse(true);
    }

    Path dataFolder() {
        return value("sluice.data-dir", Path::of).orElse(Path.of("data"));
    }

    Optional<Boolean> simulatorEnabled() {
        return value("sluice.simulator.enabled", Settings::bool);
    }

    int simulatorPort() {
        return value("sluice.simulator.port", text -> number(text, 0, MAX_PORT)).orElse(8090);
    }

    Duration simulatorLatency() {
        return value("sluice.simulator.latency", Settings::duration).orElse(Duration.ofMillis(500));
    }

    double simulatorFailureRate() {
        return value("sluice.simulator.failure-rate", Settings::rate).orElse(0.05);
    }

    Optional<Long> simulatorSeed() {
        return value("sluice.simulator.seed", Long::valueOf);
    }

    /** Reads every value once, so that a wrong one is found before anything is started. */
    void check() {
        role();
        httpPort();
        embedded();
        dataFolder();
        simulatorEnabled();
        simulatorPort();
        simulatorLatency();
        simulatorFailureRate();
        simulatorSeed();
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(config.getConfigValue(key).getValue())
                .filter(text -> !text.isBlank())
                .map(String::strip);
    }

    private <T> Optional<T> value(String key, Function<String, T> reader) {
        try {
            return text(key).map(reader);
        } catch (RuntimeException e) {
            ConfigValue found = config.getConfigValue(key);
            throw new StartFailure("%s: \"%s\" is not valid (%s)".formatted(asWritten(found), found.getValue(),
                    e.getMessage()), e);
        }
    }

    /** The key as the person who set it wrote it. */
    private static String asWritten(ConfigValue value) {
        boolean fromEnvironment = value.getSourceName() != null && value.getSourceName().startsWith("EnvConfigSource");
        return fromEnvironment ? environmentName(value.getName()) : value.getName();
    }

    /** The environment variable that sets a key, by the rules of MicroProfile Config. */
    static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static int number(String text, int min, int max) {
        int number = Integer.parseInt(text);
        if (number < min || number > max) {
            throw new IllegalArgumentException("it must be between %d and %d".formatted(min, max));
        }
        return number;
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it must be true or false");
        };
    }

    private static Duration duration(String text) {
        Duration duration = DurationConverter.parseDuration(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("it must not be negative");
        }
        return duration;
    }

    private static double rate(String text) {
        double rate = Double.parseDouble(text);
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("it must be between 0 and 1");
        }
        return rate;
    }
}
