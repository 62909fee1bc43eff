package io.sluice;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.sluice.access.AccessMode;
import io.sluice.access.Networks;
import io.sluice.process.Role;
import io.sluice.queue.BrokerHosts;
import io.sluice.schema.DatabaseLogin;
import io.sluice.simulator.SimulatorSettings;
import io.sluice.store.Pooler;
import io.sluice.store.SecretFile;
import io.smallrye.config.SmallRyeConfig;

/**
 * What the entry point must know before Quarkus starts. It comes from the sources that Quarkus reads too: system
 * properties, environment, {@code application.properties}. A value that is blank counts as absent.
 *
 * @param pooler           what the database URL leads to, instead of PostgreSQL itself
 * @param migratesDirectly whether the migrations have a URL of their own
 */
record Settings(Role role, AccessMode auth, String httpHost, Optional<Integer> httpPort,
        Optional<Integer> managementPort,
        boolean embedded, Optional<String> databaseUrl, Optional<Pooler> pooler, boolean migratesDirectly,
        boolean migrate, Path dataFolder, Optional<URI> tracingEndpoint, Optional<Double> tracingRatio,
        SimulatorConfig simulator, SmallRyeConfig config) {

    private static final String DATABASE_URL = "quarkus.datasource.reactive.url";
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";

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
        boolean external = databaseUrl.isPresent() || value(config, "amqp-host", BrokerHosts::list).isPresent();
        boolean embedded = value(config, "sluice.embedded", new SettingConverters.TrueOrFalse()).orElse(true);
        String httpHost = text(config, "quarkus.http.host").orElse("127.0.0.1");
        Optional<AccessMode> auth = value(config, "sluice.auth", AccessMode::of);
        if (auth.isEmpty() && !isLoopback(httpHost)) {
            throw new StartFailure(
                    ("QUARKUS_HTTP_HOST: at \"%s\" other machines can reach Sluice. Set SLUICE_AUTH=oidc or"
                            + " SLUICE_AUTH=proxy to have people log in, or SLUICE_AUTH=none to let everybody in.")
                            .formatted(httpHost));
        }
        value(config, "sluice.auth.proxy.addresses", Networks::of);
        value(config, "sluice.http.allowed-hosts", new SettingConverters.HostNames());
        Optional<Integer> httpPort = value(config, "quarkus.http.port", new SettingConverters.Port());
        Optional<Integer> managementPort = value(config, "sluice.management.port", new SettingConverters.Port());
        if (managementPort.filter(port -> port != 0 && port.equals(httpPort.orElse(Sluice.DEFAULT_HTTP_PORT)))
                .isPresent()) {
            throw new StartFailure("SLUICE_MANAGEMENT_PORT: must be another port than QUARKUS_HTTP_PORT");
        }
        Role role = value(config, "sluice.role", Role::of).orElse(Role.ALL);
        checkConnections(config, role);
        return new Settings(
                role,
                auth.orElse(AccessMode.NONE),
                httpHost,
                httpPort,
                managementPort,
                embedded && !external,
                databaseUrl,
                value(config, "sluice.database.pooler", Pooler::of),
                text(config, JDBC_URL).isPresent(),
                value(config, "sluice.database.migrate", new SettingConverters.TrueOrFalse()).orElse(true),
                value(config, "sluice.data-dir", Path::of).orElse(Path.of("data")),
                value(config, "sluice.tracing.endpoint", new SettingConverters.HttpUrl()),
                value(config, "sluice.tracing.ratio", new SettingConverters.Share()),
                config.getConfigMapping(SimulatorConfig.class),
                config);
    }

    /** Checks what is read again for each connection. Files need not be there in a process that does not use them. */
    private static void checkConnections(SmallRyeConfig config, Role role) {
        value(config, "amqp-port", BrokerHosts::port);
        if (role != Role.SIMULATOR) {
            value(config, "sluice.database.ca-file", new SettingConverters.CertificateFile());
            value(config, "sluice.database.password-file", new SettingConverters.ReadableFile());
        }
        if (role.serves() || role.works()) {
            value(config, "amqp-ca-file", new SettingConverters.CertificateFile());
            value(config, "amqp-password-file", new SettingConverters.ReadableFile());
        }
    }

    /**
     * Whether the log is JSON. To be read before all else, so that a complaint about another setting is JSON, too.
     *
     * @throws IllegalArgumentException if the value cannot be read
     */
    static boolean jsonLog() {
        SmallRyeConfig config = ConfigUtils.emptyConfigBuilder().addDiscoveredSources().build();
        return value(config, "sluice.log.format", new SettingConverters.JsonLog()).orElse(false);
    }

    /** The address that the port of health and metrics is bound to, if they have one of their own. */
    String managementHost() {
        return text("sluice.management.host").orElse("127.0.0.1");
    }

    /** Whether only this machine can reach the address. A name that is not known here is somewhere else. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    /** The database for the migrations, once {@link QuarkusProperties#database} has been called. */
    DatabaseLogin migrationLogin() {
        return login(text(JDBC_URL).orElseThrow(), sharesSessions() && !migratesDirectly);
    }

    /** The database as the service reaches it, for JDBC. */
    DatabaseLogin serviceLogin() {
        return login(QuarkusProperties.jdbcUrl(databaseUrl.orElseThrow()), sharesSessions());
    }

    private boolean sharesSessions() {
        return pooler.filter(Pooler.TRANSACTION::equals).isPresent();
    }

    private DatabaseLogin login(String url, boolean sharesSessions) {
        Map<String, String> parameters = new LinkedHashMap<>();
        text("sluice.database.ca-file").ifPresent(file -> {
            parameters.put("sslmode", "verify-full");
            parameters.put("sslrootcert", file);
        });
        if (sharesSessions) {
            parameters.put("prepareThreshold", "0");
        }
        String password = value(config, "sluice.database.password-file", Path::of).map(SecretFile::read)
                .or(() -> text("quarkus.datasource.password"))
                .orElse(null);
        return new DatabaseLogin(JdbcUrl.with(url, parameters), text("quarkus.datasource.username").orElse(null),
                password, sharesSessions);
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
    <T> Optional<T> value(String key, Converter<T> converter) {
        return value(config, key, converter);
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
