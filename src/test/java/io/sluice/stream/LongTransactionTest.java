package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;

/** Transactions that stay open: in Sluice's database, and in another one of the same server. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongTransactionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WRITERS = 6;
    private static final int TRANSACTIONS = 150;

    @TestHTTPResource("/api")
    String api;
    @Inject
    Vertx vertx;
    @Inject
    EventEncoder encoder;
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;
    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @BeforeAll
    void otherDatabases() throws SQLException {
        try (Connection server = connect(url); Statement sql = server.createStatement()) {
            sql.execute("create database neighbour");
            sql.execute("create database log");
        }
        Flyway.configure()
                .dataSource(database("log"), user, "")
                .placeholders(Map.of("service_user", ""))
                .load()
                .migrate();
    }

    private String database(String name) {
        return url.substring(0, url.lastIndexOf('/') + 1) + name;
    }

    private Connection connect(String to) throws SQLException {
        return DriverManager.getConnection(to, user, "");
    }

    /** A transaction that has an id, until it is closed. */
    private Connection open(String where) throws SQLException {
        Connection connection = connect(where);
        connection.createStatement().execute("set idle_in_transaction_session_timeout = 0");
        connection.setAutoCommit(false);
        connection.createStatement().execute("select pg_current_xact_id()");
        return connection;
    }

    @Test
    void inAnotherDatabase_holdsNobodyUp() throws Exception {
        try (Connection neighbour = open(database("neighbour"));
                SseClient client = SseClient.open(api + "/events")) {
            String id = Api.post(Api.order());
            await().atMost(PATIENCE).until(() -> statusesOf(client, id).contains("HANDLED"));
            assertThat(statusesOf(client, id)).first().isEqualTo("QUEUED");
        }
    }

    @Test
    void inThisDatabase_holdsEventsBack_butNoCallThatWaits() throws Exception {
        String id;
        try (SseClient client = SseClient.open(api + "/events")) {
            try (Connection here = open(url)) {
                long asked = System.nanoTime();
                id = Api.send(Api.order().preferWait(30))
                        .then()
                        .statusCode(200)
                        .body("status", is("HANDLED"))
                        .extract()
                        .path("id");
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(30));
                assertThat(statusesOf(client, id)).as("no client may see events that others could come before")
                        .isEmpty();
            }
            await().atMost(PATIENCE).until(() -> statusesOf(client, id).contains("HANDLED"));
        }
    }

    private static List<String> statusesOf(SseClient client, String id) {
        return client.events()
                .stream()
                .filter(event -> id.equals(event.text("orderId")))
                .map(event -> event.text("status"))
                .toList();
    }

    /** Many writers, whose commits overtake one another, beside such in another database: {@code Position} must not. */
    @Test
    void readers_seeEveryEventOnce_inOrder_whateverRunsBeside() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(2 * WRITERS);
        Pool pool = pool(database("log"));
        try (Connection neighbour = open(database("neighbour"))) {
            EventLog log = new EventLog(pool, encoder);
            Position from = log.end().await().atMost(PATIENCE);
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(i);
                writing.add(writers.submit(writer(database("log"), random, """
                        insert into event_log (kind, at, data) values ('partner', now(), '{}')""")));
                writing.add(writers.submit(writer(database("neighbour"), random, "select 1")));
            }

            List<Position> seen = new ArrayList<>();
            boolean written;
            do {
                written = writing.stream().allMatch(Future::isDone);
                Position last = seen.isEmpty() ? from : seen.get(seen.size() - 1);
                log.after(last, 1000).await().atMost(PATIENCE).forEach(event -> seen.add(event.position()));
            } while (!written);
            for (Future<?> one : writing) {
                one.get();
            }

            assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(WRITERS * TRANSACTIONS);
        } finally {
            writers.shutdownNow();
            pool.close().await().atMost(PATIENCE);
        }
    }

    /** Transactions that have an id for a while before they do what they are for. */
    private Callable<?> writer(String where, Random random, String statement) {
        return () -> {
            try (Connection connection = connect(where); Statement sql = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < TRANSACTIONS; i++) {
                    sql.execute("select pg_current_xact_id(), pg_sleep(%d / 1e4)".formatted(random.nextInt(100)));
                    sql.execute(statement);
                    connection.commit();
                }
            }
            return null;
        };
    }

    private Pool pool(String jdbcUrl) {
        PgConnectOptions options = PgConnectOptions.fromUri(jdbcUrl.substring("jdbc:".length())).setUser(user);
        return Pool.newInstance(PgBuilder.pool().connectingTo(options).using(vertx.getDelegate()).build());
    }
}
