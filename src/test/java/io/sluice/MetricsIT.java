package io.sluice;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

import io.sluice.embedded.EmbeddedServices;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.Tap;

/** What alarms look at tells when something is wrong, and that it is right again. */
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void gauges_tellOfABrokerADatabaseAndATransactionThatHoldThingsUp() throws Exception {
        try (EmbeddedServices services = EmbeddedServices.startOrJoin(folder.resolve("services"), line -> {
        }, line -> {
        });
                Tap broker = new Tap(services.brokerPort());
                Tap database = new Tap(URI.create(services.databaseUrl()).getPort())) {
            services.announce(Optional.empty());
            String url = services.databaseUrl()
                    .replace(":" + URI.create(services.databaseUrl()).getPort(), ":" + database.port());
            try (SluiceProcess api = SluiceProcess.start(folder, Map.of("SLUICE_ROLE", "api",
                    "QUARKUS_DATASOURCE_REACTIVE_URL", url,
                    "QUARKUS_DATASOURCE_USERNAME", services.databaseUser(),
                    "AMQP_HOST", "127.0.0.1", "AMQP_PORT", Integer.toString(broker.port()))).awaitReady()) {
                awaitGauge(api, "sluice_outbox_oldest_age_seconds", age -> age == 0);
                awaitGauge(api, "sluice_event_log_lag_seconds", lag -> lag == 0);
                brokerIsDown_theOutboxGrowsOld(api, broker);
                transactionIsLeftOpen_theLogFallsBehind(api, services);
                databaseIsDown_nothingIsKnown(api, database);
            }
        }
    }

    private static void brokerIsDown_theOutboxGrowsOld(SluiceProcess api, Tap broker) {
        broker.shut();
        Api.post(api.url(), Api.order());
        awaitGauge(api, "sluice_broker_reachable", reachable -> reachable == 0);
        awaitGauge(api, "sluice_outbox_rows", rows -> rows == 1);
        awaitGauge(api, "sluice_outbox_oldest_age_seconds", age -> age > 2);
        awaitGauge(api, "sluice_orders{status=\"QUEUED\"}", queued -> queued == 1);
        awaitGauge(api, "sluice_orders_oldest_queued_age_seconds", age -> age > 2);
        broker.open();
        awaitGauge(api, "sluice_broker_reachable", reachable -> reachable == 1);
        awaitGauge(api, "sluice_outbox_rows", rows -> rows == 0);
        awaitGauge(api, "sluice_outbox_oldest_age_seconds", age -> age == 0);
    }

    private static void transactionIsLeftOpen_theLogFallsBehind(SluiceProcess api, EmbeddedServices services)
            throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:" + services.databaseUrl(),
                services.databaseUser(), "")) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("create table left_open ()");
            Api.post(api.url(), Api.order());
            awaitGauge(api, "sluice_event_log_lag_seconds", lag -> lag > 2);
            awaitLog(api, "Events wait for the end of the transaction of process "
                    + connection.unwrap(PGConnection.class).getBackendPID() + " (database postgres, user postgres, ");
            connection.rollback();
        }
        awaitGauge(api, "sluice_event_log_lag_seconds", lag -> lag == 0);
        awaitLog(api, "The event log is read up to its end again");
    }

    private static void awaitLog(SluiceProcess api, String words) {
        await(words).atMost(PATIENCE).until(() -> api.output().stream().anyMatch(line -> line.contains(words)));
    }

    private static void databaseIsDown_nothingIsKnown(SluiceProcess api, Tap database) {
        database.shut();
        awaitGauge(api, "sluice_outbox_oldest_age_seconds", Double::isNaN);
        awaitGauge(api, "sluice_orders{status=\"QUEUED\"}", Double::isNaN);
        awaitGauge(api, "sluice_event_log_lag_seconds", Double::isNaN);
        database.open();
        awaitGauge(api, "sluice_outbox_oldest_age_seconds", age -> age == 0);
        awaitGauge(api, "sluice_orders{status=\"QUEUED\"}", queued -> queued == 2);
    }

    private static void awaitGauge(SluiceProcess api, String name, DoublePredicate wanted) {
        await(name).atMost(PATIENCE)
                .until(() -> given().get(api.url() + "/q/metrics")
                        .asString()
                        .lines()
                        .filter(line -> line.startsWith(name + " "))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .anyMatch(wanted));
    }
}
