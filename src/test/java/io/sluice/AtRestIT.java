package io.sluice;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.embedded.EmbeddedServices;
import io.sluice.testing.SluiceProcess;

/** A process that has nothing to do leaves the database alone. One with the role {@code all} does what the others do. */
class AtRestIT {
    private static final double MOST_PER_SECOND = 5;
    private static final Duration WINDOW = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Test
    void asksTheDatabaseLessThanFiveTimesASecond() throws Exception {
        try (SluiceProcess process = SluiceProcess.start(folder, Map.of()).awaitReady();
                EmbeddedServices services = EmbeddedServices.startOrJoin(folder.resolve("data"), line -> {
                }, line -> {
                });
                Connection connection = DriverManager.getConnection("jdbc:" + services.databaseUrl(),
                        services.databaseUser(), "")) {
            Count[] last = {count(connection)};
            await().atMost(Duration.ofMinutes(3)).pollDelay(WINDOW).pollInterval(WINDOW).until(() -> {
                Count now = count(connection);
                double perSecond = (now.transactions() - last[0].transactions()) / (now.seconds() - last[0].seconds());
                last[0] = now;
                return perSecond < MOST_PER_SECOND;
            });
        }
    }

    private static Count count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
                select xact_commit + xact_rollback, extract(epoch from clock_timestamp())
                from pg_stat_database where datname = current_database()
                """)) {
            row.next();
            return new Count(row.getLong(1), row.getDouble(2));
        }
    }

    private record Count(long transactions, double seconds) {}
}
