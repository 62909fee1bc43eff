package io.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.testing.AmqpQueue;

class EmbeddedServicesTest {

    private static final String SIMULATOR = "http://127.0.0.1:1";

    /** Shared by all tests: a first start is slow. */
    @TempDir
    static Path shared;

    @TempDir
    Path fresh;

    @Test
    void start_servicesAnswer_postgresIsDurable_loopbackOnly() throws SQLException {
        try (EmbeddedServices services = start()) {
            assertThat(services.owner()).isTrue();
            assertThat(ServiceCheck.brokerAnswers(services.brokerPort())).isTrue();
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(query(services, "show " + setting)).as(setting).isEqualTo("on");
            }
            assertThat(query(services, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(services, "show unix_socket_directories")).isEmpty();
            assertThat(query(services, "show server_version")).startsWith("18.");
        }
    }

    @Test
    void startAgain_dataIsKept_portsAreTheSame() throws SQLException {
        String url;
        int brokerPort;
        try (EmbeddedServices services = start()) {
            url = services.databaseUrl();
            brokerPort = services.brokerPort();
            update(services, "create table kept_by_stop as select 42 as answer");
        }
        assertThat(running()).isEmpty();
        try (EmbeddedServices services = start()) {
            assertThat(query(services, "select answer from kept_by_stop")).isEqualTo("42");
            assertThat(services.databaseUrl()).isEqualTo(url);
            assertThat(services.brokerPort()).isEqualTo(brokerPort);
        }
    }

    @Test
    void secondProcess_joins_andLeavesTheServicesRunning() throws Exception {
        try (EmbeddedServices services = start()) {
            services.announce(Optional.of(SIMULATOR));
            try (OtherProcess other = OtherProcess.start(folder())) {
                assertThat(other.answer()).isEqualTo("joined " + services.databaseUrl());
            }
            try (EmbeddedServices joined = start()) {
                assertThat(joined.owner()).isFalse();
                assertThat(joined.simulatorUrl()).contains(SIMULATOR);
            }
            assertThat(query(services, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void ownerKilled_postgresLeftBehindIsStopped_nothingIsLost() throws Exception {
        String url;
        try (OtherProcess owner = OtherProcess.start(folder())) {
            String answer = owner.answer();
            assertThat(answer).startsWith("owner ");
            url = answer.substring("owner ".length());
            try (EmbeddedServices joined = start()) {
                update(joined, "create table kept_by_kill as select 42 as answer");
                AmqpQueue.send(joined.brokerPort(), "sluice.work", "kept");
            }
            owner.kill();
        }
        List<ProcessHandle> leftBehind = running();
        assertThat(leftBehind).isNotEmpty();
        try (EmbeddedServices services = start()) {
            assertThat(running()).doesNotContainAnyElementsOf(leftBehind);
            assertThat(services.owner()).isTrue();
            assertThat(services.databaseUrl()).isEqualTo(url);
            assertThat(query(services, "select answer from kept_by_kill")).isEqualTo("42");
            assertThat(AmqpQueue.receive(services.brokerPort(), "sluice.work")).isEqualTo("kept");
        }
    }

    @Test
    void postgresKilled_isStartedAgain_withItsDataAndPort() throws Exception {
        try (EmbeddedServices services = start()) {
            update(services, "create table kept_by_death as select 42 as answer");
            ProcessHandle postmaster = PostgresProcesses.postmaster(DataFolder.open(folder())).orElseThrow();
            postmaster.destroyForcibly();
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> running().stream()
                            .noneMatch(postmaster::equals)
                            && query(services, "select answer from kept_by_death").equals("42"));
        }
        assertThat(running()).isEmpty();
    }

    @Test
    void recordedPidBelongsToAnotherProcess_startsWithoutTouchingIt() throws Exception {
        start().close();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.write(folder().resolve("postgres/postmaster.pid"), List.of(Long.toString(stranger.pid()),
                    folder().resolve("postgres").toString(), "1700000000", "5432", "", "127.0.0.1", "", "ready   "));
            try (EmbeddedServices services = start()) {
                assertThat(query(services, "select 1")).isEqualTo("1");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void firstStartKilledHalfway_startsOver() throws Exception {
        Files.createDirectories(fresh.resolve("postgres/base"));
        Files.writeString(fresh.resolve("postgres/postgresql.conf"), "");
        Files.createDirectories(fresh.resolve("postgres-binaries/PG-half/bin"));
        try (EmbeddedServices services = start(fresh)) {
            assertThat(query(services, "select 1")).isEqualTo("1");
            assertThat(fresh.resolve("postgres-binaries/PG-half")).doesNotExist();
        }
    }

    @Test
    void folderInUse_servicesDoNotAnswer_namesTheProcess() {
        DataFolder folder = DataFolder.open(fresh);
        new Endpoints(true, 4711, LoopbackPorts.free(0), LoopbackPorts.free(0), Optional.empty())
                .save(folder.endpoints());
        List<String> progress = new ArrayList<>();
        try (FolderLock lock = FolderLock.tryAcquire(folder.lock()).orElseThrow()) {
            assertThatThrownBy(() -> EmbeddedServices.startOrJoin(fresh, progress::add, progress::add))
                    .isInstanceOf(EmbeddedServicesException.class)
                    .hasMessageContaining("in use by process 4711")
                    .hasMessageNotContaining("\n");
        }
        assertThat(progress).containsExactly("Waiting for the process that uses the data folder");
    }

    @Test
    void folderBelowAFile_reportsThatItIsNotWritable() throws IOException {
        Path file = Files.createFile(fresh.resolve("file"));
        assertThatThrownBy(() -> EmbeddedServices.startOrJoin(file.resolve("data"), line -> {
        }, line -> {
        })).isInstanceOf(EmbeddedServicesException.class)
                .hasMessageContaining(file.resolve("data").toString())
                .hasMessageContaining("SLUICE_DATA_DIR")
                .hasMessageNotContaining("\n");
    }

    /** Contains a blank, which must survive several command lines. */
    private Path folder() {
        return shared.resolve("the data");
    }

    private EmbeddedServices start() {
        return start(folder());
    }

    private static EmbeddedServices start(Path folder) {
        return EmbeddedServices.startOrJoin(folder, line -> {
        }, line -> {
        });
    }

    private List<ProcessHandle> running() {
        return PostgresProcesses.running(DataFolder.open(folder()));
    }

    private static String query(EmbeddedServices services, String sql) throws SQLException {
        try (Connection connection = connect(services);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void update(EmbeddedServices services, String sql) throws SQLException {
        try (Connection connection = connect(services); Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static Connection connect(EmbeddedServices services) throws SQLException {
        return DriverManager.getConnection("jdbc:" + services.databaseUrl(), services.databaseUser(), "");
    }
}
