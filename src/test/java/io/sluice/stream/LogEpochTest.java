package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;

/** How a restored database is recognised. {@code RestoreIT} shows what follows from it. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class LogEpochTest {
    private static final long SKIPPED = 1L << 40;

    @Inject
    AgroalDataSource database;
    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
        // An event of this very transaction would lie in the future, as after a restore.
        addEvent("pg_snapshot_xmin(pg_current_snapshot())::text::bigint + log_shift() - 1");
    }

    /** Nothing stays. */
    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.close();
    }

    @Test
    void startsOfTheSameDatabase_areOneEpoch() throws Exception {
        long epochs = number("select count(*) from log_epoch");
        start();
        start();
        assertThat(number("select count(*) from log_epoch")).isEqualTo(epochs);
    }

    @Test
    void newDatabase_beginsTheFirstEpoch() throws Exception {
        execute("delete from log_epoch");
        start();
        assertThat(number("select begins_at from log_epoch where continues = -1")).isZero();
        start();
        assertThat(number("select count(*) from log_epoch")).isOne();
    }

    /** It has had more transactions than the log: only its identity tells. */
    @Test
    void restoredIntoAnOlderCluster() throws Exception {
        execute("update log_epoch set database = '1/1'");
        assertThatTheNextStart_beginsAnEpoch();
    }

    /** It goes on with the transaction ids of the cluster: only the timeline tells. */
    @Test
    void recoveredToAnEarlierTime_orReplicaTakenOver() throws Exception {
        execute("update log_epoch set timeline = timeline + 1");
        assertThatTheNextStart_beginsAnEpoch();
    }

    @Test
    void ordersReceivedBeforeAnEpoch_mayBeUndone_unlessItIsTheFirst() throws Exception {
        execute("delete from log_epoch");
        start();
        assertThat(number("select may_be_undone(now() - interval '1 hour')::int")).isZero();
        execute("update log_epoch set database = '1/1'");
        start();
        assertThat(number("select may_be_undone(now() - interval '1 hour')::int")).isOne();
        assertThat(number("select may_be_undone(now())::int")).isZero();
    }

    /** A copy of the cluster, as it was before, has the same identity: only its transaction ids tell. */
    @Test
    void restoredIntoAnEarlierStateOfTheCluster() throws Exception {
        addEvent("pg_snapshot_xmax(pg_current_snapshot())::text::bigint + log_shift() + 1000");
        assertThatTheNextStart_beginsAnEpoch();
    }

    private void assertThatTheNextStart_beginsAnEpoch() throws Exception {
        long epochs = number("select count(*) from log_epoch");
        long last = number("select max(xid) from event_log");
        start();
        start();
        assertThat(number("select count(*) from log_epoch")).isEqualTo(epochs + 1);
        assertThat(number("select max(continues) from log_epoch")).isEqualTo(last);
        long beginning = number("select max(begins_at) from log_epoch");
        assertThat(beginning).isGreaterThanOrEqualTo(last + SKIPPED);
        addEvent("default");
        assertThat(number("select max(xid) from event_log")).isGreaterThanOrEqualTo(beginning);
    }

    private void start() throws SQLException, IOException {
        try (InputStream script = getClass().getResourceAsStream("/db/migration/afterMigrate.sql")) {
            execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void addEvent(String xid) throws SQLException {
        execute("insert into event_log (xid, kind, at, data) values (%s, 'partner', now(), '{}')".formatted(xid));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
