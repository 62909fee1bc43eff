package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.embedded.EmbeddedServices;
import io.sluice.schema.DatabaseLogin;
import io.sluice.schema.Schema;
import io.sluice.simulator.Simulator;
import io.sluice.simulator.SimulatorSettings;

/** Starts real PostgreSQL, a real AMQP broker and the simulated partners once per test run. */
public class SluiceServices implements QuarkusTestResourceLifecycleManager {
    private static final long SEED = 17;
    /** Short timings for tests. Test partners answer within three seconds. */
    private static final Map<String, String> SHORT_TIMINGS = Map.of("sluice.partners.timeout-ms", "5000",
            "sluice.partners.probe-delay", "300ms", "sluice.partners.probe-max-delay", "2s",
            "sluice.handling.retry-delay", "300ms",
            "sluice.webhooks.retry-delays", "300ms,300ms", "sluice.webhooks.allow-private-addresses", "true");
    private static volatile int simulatorPort;

    private EmbeddedServices services;
    private Simulator simulator;
    /** With {@code -Dsluice.test.pooler=true}, what the tests use goes through it. */
    private PgBouncer pooler;

    /** The TCP port of the simulator on the loopback address. */
    static int simulatorPort() {
        return simulatorPort;
    }

    @Override
    public Map<String, String> start() {
        simulator = Simulator.start(new SimulatorSettings(0, Duration.ofMillis(20), 0, SEED, null));
        simulatorPort = simulator.port();
        services = EmbeddedServices.startOrJoin(folder(), line -> {
        }, line -> {
        });
        String database = services.databaseUrl();
        migrate(new DatabaseLogin("jdbc:" + database, services.databaseUser(), ""));
        if (Boolean.getBoolean("sluice.test.pooler")) {
            pooler = new PgBouncer("transaction", URI.create(database).getPort(), services.databaseUser());
            database = database.replaceFirst(":\\d+/", ":" + pooler.port() + "/");
        }
        String partners = "http://127.0.0.1:" + simulatorPort;
        Map<String, String> configuration = new HashMap<>(SHORT_TIMINGS);
        configuration.putAll(Map.of("quarkus.datasource.reactive.url", database,
                "quarkus.datasource.jdbc.url", "jdbc:" + database,
                "quarkus.datasource.username", services.databaseUser(),
                "amqp-host", services.brokerHost(),
                "amqp-port", Integer.toString(services.brokerPort()),
                "sluice.demo.orders", "true",
                "sluice.http.user-header", "X-Remote-User",
                "sluice.partners.carrier.url", partners + "/carrier",
                "sluice.partners.printer.url", partners + "/printer",
                "sluice.partners.marketplace.url", partners + "/marketplace"));
        configuration.put("sluice.orders.address", OrderMessages.ADDRESS);
        if (pooler != null) {
            configuration.put("sluice.database.pooler", "transaction");
        }
        return configuration;
    }

    private static void migrate(DatabaseLogin database) {
        try {
            new Schema(database).migrate("");
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "services").toAbsolutePath();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void stop() {
        if (pooler != null) {
            pooler.close();
        }
        services.close();
        simulator.close();
    }
}
