package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.sluice.testing.Certificate;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The pool against a PostgreSQL server that takes TLS and passwords only. */
class PoolSetupTest {
    @TempDir
    static Path folder;

    private static Certificate certificate;
    private static EmbeddedPostgres server;

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void start() throws Exception {
        certificate = Certificate.in(folder);
        Files.setPosixFilePermissions(certificate.key(), PosixFilePermissions.fromString("rw-------"));
        Path access = Files.writeString(folder.resolve("pg_hba.conf"), """
                host all postgres 127.0.0.1/32 trust
                hostssl all sluice 127.0.0.1/32 scram-sha-256
                """);
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.pem().toString())
                .setServerConfig("ssl_key_file", certificate.key().toString())
                .setServerConfig("hba_file", access.toString())
                .start();
        execute("create role sluice login");
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void passwordFile_isReadForEachConnection_overVerifiedTls() throws Exception {
        Path file = folder.resolve("password");
        Pool pool = pool(certificate.pem(), file);
        for (String password : List.of("first", "second")) {
            execute("alter role sluice password '" + password + "'");
            execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sluice'");
            Files.writeString(file, "wrong");
            // The connection that was ended is in the pool for another moment.
            await().untilAsserted(() -> assertThatThrownBy(() -> answer(pool))
                    .hasMessageContaining("password authentication failed"));
            Files.writeString(file, password + "\n");
            assertThat(answer(pool)).isEqualTo("sluice");
        }
    }

    @Test
    void certificateThatNobodyVouchesFor_isRefused() throws Exception {
        Certificate stranger = Certificate.in(folder.resolve("stranger"));
        assertThatThrownBy(() -> answer(pool(stranger.pem(), Files.writeString(folder.resolve("any"), "any"))))
                .satisfies(failure -> assertThat(DatabaseFailures.reason(failure.getCause()))
                        .startsWith("SSL handshake failed; the server's certificate"));
    }

    private Pool pool(Path caFile, Path passwordFile) {
        PgConnectOptions options = new PgConnectOptions().setHost("127.0.0.1")
                .setPort(server.getPort())
                .setDatabase("postgres")
                .setUser("sluice");
        return new PoolSetup(Optional.empty(), Optional.of(caFile), Optional.of(passwordFile))
                .create(new PgPoolCreator.Input() {
                    @Override
                    public Vertx vertx() {
                        return vertx;
                    }

                    @Override
                    public PoolOptions poolOptions() {
                        return new PoolOptions();
                    }

                    @Override
                    public List<PgConnectOptions> pgConnectOptionsList() {
                        return List.of(options);
                    }
                });
    }

    private static String answer(Pool pool) throws Exception {
        return pool.query("select current_user::text")
                .execute()
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES)
                .iterator()
                .next()
                .getString(0);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
