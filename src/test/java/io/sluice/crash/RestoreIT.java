package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import io.sluice.embedded.EmbeddedServices;
import io.sluice.testing.Api;
import io.sluice.testing.Http;
import io.sluice.testing.SluiceProcess;
import io.sluice.testing.SseClient;

/** The database is restored from a backup into a new cluster, whose transaction ids begin anew. */
class RestoreIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path old;

    @TempDir
    Path young;

    @Test
    void restoredIntoAYoungerCluster_streamsGoOn_clientsThatSawMoreAreToldToResync() throws Exception {
        String handled;
        String seenBeforeBackup;
        String undone;
        try (SluiceProcess before = SluiceProcess.start(old, Map.of()).awaitReady();
                SseClient client = SseClient.open(before.url() + "/api/events")) {
            spendTransactionIds(old, 5_000);
            handled = Api.post(before.url(), 1, Api.order()).get(0);
            awaitHandled(client, handled);
            seenBeforeBackup = client.lastEventId();
        }
        backUpAndRestore();
        try (SluiceProcess lost = SluiceProcess.start(old, Map.of()).awaitReady();
                SseClient client = SseClient.open(lost.url() + "/api/events")) {
            awaitHandled(client, Api.post(lost.url(), 1, Api.order()).get(0));
            undone = client.lastEventId();
        }

        try (SluiceProcess after = SluiceProcess.start(young, Map.of()).awaitReady();
                SseClient known = SseClient.resume(after.url() + "/api/events", seenBeforeBackup);
                SseClient unknown = SseClient.resume(after.url() + "/api/events", undone);
                SseClient finished = SseClient.open(after.url() + "/api/orders/" + handled + "/events")) {
            Awaitility.await().atMost(PATIENCE).until(() -> finished.status() == 204);
            Awaitility.await().atMost(PATIENCE).until(() -> !unknown.events().isEmpty());
            assertThat(unknown.events().get(0).type()).isEqualTo("resync");
            Awaitility.await().atMost(PATIENCE).until(() -> known.lastEventId() != null);

            String next = Api.post(after.url(), 1, Api.order()).get(0);
            awaitHandled(known, next);
            awaitHandled(unknown, next);
            assertThat(known.events()).as("neither resync nor old events")
                    .filteredOn(event -> !"batch".equals(event.type()) && !"partner".equals(event.type()))
                    .allSatisfy(event -> assertThat(event.text("orderId")).isEqualTo(next));
            Awaitility.await().atMost(PATIENCE).until(() -> lag(after) == 0);
        }
    }

    private static void awaitHandled(SseClient client, String order) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.events()
                        .stream()
                        .anyMatch(event -> order.equals(event.text("orderId"))
                                && "HANDLED".equals(event.text("status"))));
    }

    private static double lag(SluiceProcess process) {
        return Http.get(process.url() + "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("sluice_event_log_lag_seconds"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static void spendTransactionIds(Path folder, int count) throws SQLException {
        try (EmbeddedServices services = open(folder);
                Connection connection = connect(services);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    do $$ begin
                        for i in 1..%d loop perform pg_current_xact_id(); commit; end loop;
                    end $$
                    """.formatted(count));
        }
    }

    /** What {@code pg_dump} and {@code psql} do, which not every machine has: the schema, then the rows of each table. */
    private void backUpAndRestore() throws SQLException, IOException {
        try (EmbeddedServices from = open(old);
                EmbeddedServices to = open(young);
                Connection source = connect(from);
                Connection target = connect(to);
                Statement restore = target.createStatement()) {
            Flyway.configure()
                    .dataSource("jdbc:" + to.databaseUrl(), to.databaseUser(), "")
                    .skipDefaultCallbacks(true)
                    .load()
                    .migrate();
            restore.execute("set session_replication_role = replica"); // no triggers, no foreign keys
            for (String table : tables(source)) {
                restore.execute("delete from " + table);
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                copy(source).copyOut("copy %s to stdout".formatted(table), rows);
                copy(target).copyIn("copy %s from stdin".formatted(table),
                        new ByteArrayInputStream(rows.toByteArray()));
            }
            for (String sequence : texts(source,
                    "select sequencename from pg_sequences where last_value is not null")) {
                restore.execute("select setval('%s', %s)".formatted(sequence,
                        texts(source, "select last_value from " + sequence).get(0)));
            }
        }
    }

    private static List<String> tables(Connection source) throws SQLException {
        return texts(source, "select quote_ident(tablename) from pg_tables where schemaname = 'public'");
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static CopyManager copy(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static EmbeddedServices open(Path folder) {
        return EmbeddedServices.startOrJoin(folder.resolve("data"), line -> {
        }, line -> {
        });
    }

    private static Connection connect(EmbeddedServices services) throws SQLException {
        return DriverManager.getConnection("jdbc:" + services.databaseUrl(), services.databaseUser(), "");
    }
}
