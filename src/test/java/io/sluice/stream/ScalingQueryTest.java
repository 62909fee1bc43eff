package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.HandlingPlan;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

/**
 * The query by which KEDA scales workers, in a database of its own, as the role of {@code docs/kubernetes.md}: it counts
 * what the service counts, and costs little.
 */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScalingQueryTest {
    private static final String ROLE = "sluice_scaler";
    private static final String DATABASE = "scaling";

    @Inject
    Vertx vertx;
    @Inject
    HandlingPlan plan;
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;
    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    private String query;
    private int capOfOneCount;
    private Connection owner;
    private Connection scaler;

    @BeforeAll
    void databaseAndRole() throws Exception {
        JsonNode trigger = new YAMLMapper()
                .readTree(Path.of("src/main/kubernetes/components/keda/scaled-object.yaml").toFile())
                .at("/spec/triggers/0/metadata");
        query = trigger.get("query").asText();
        capOfOneCount = Integer.parseInt(query.replaceAll("(?s).*limit (\\d+).*", "$1"));
        try (Connection server = DriverManager.getConnection(url, user, ""); Statement sql = server.createStatement()) {
            sql.execute("create database " + DATABASE);
        }
        String address = url.substring(0, url.lastIndexOf('/')) + "/" + DATABASE;
        Flyway.configure()
                .dataSource(address, user, "")
                .placeholders(Map.of("service_user", ""))
                .load()
                .migrate();
        owner = DriverManager.getConnection(address, user, "");
        try (Statement sql = owner.createStatement()) {
            for (String line : Files.readAllLines(Path.of("docs/kubernetes.md"))) {
                if (line.matches(" +(create|grant) .*sluice_scaler.*;")) {
                    sql.execute(line);
                }
            }
            // The rows are in states, not on their way to them.
            sql.execute("set session_replication_role = replica");
        }
        scaler = DriverManager.getConnection(address, ROLE, "change-me");
    }

    @BeforeEach
    void noOrders() throws SQLException {
        execute("truncate order_state");
    }

    @AfterAll
    void close() throws SQLException {
        scaler.close();
        owner.close();
    }

    @Test
    void itCountsOrders_thatWorkersMayTake_orAreAtWorkOn() throws Exception {
        String batch = "gen_random_uuid(), 1, 1";
        insert(100, "HANDLED", "null, null, null, null, null", "null, null, null");
        insert(40, "RECEIVED", "null, null, null, null, null", "null, null, null");
        insert(13, "QUEUED", "null, null, null, null, now()", "null, null, null");
        insert(5, "HANDLING", "'worker', now(), null, null, now()", "null, null, null");
        insert(2, "HANDLING", "'worker', now(), 'lane', null, now()", batch);
        assertThat(count()).isEqualTo(13 + 5 + 2).isEqualTo(waitingByTheService());

        insert(7, "QUEUED", "null, null, 'lane', null, now()", batch);
        insert(3, "HANDLING", "null, null, 'lane', null, now()", batch);
        insert(11, "DELAYED", "null, null, null, 'carrier', now()", "null, null, null");
        assertThat(count()).isEqualTo(20).isEqualTo(waitingByTheService() - 7 - 3 - 11);
    }

    @Test
    void withManyOrders_itReadsAnIndex_andStops() throws Exception {
        insert(100_000, "HANDLED", "null, null, null, null, null", "null, null, null");
        insert(30_000, "QUEUED", "null, null, null, null, now()", "null, null, null");
        insert(200, "HANDLING", "'worker', now(), null, null, now()", "null, null, null");
        execute("vacuum analyze order_state");
        assertThat(count()).isEqualTo(capOfOneCount + 200L);

        JsonNode explained;
        try (Statement sql = scaler.createStatement();
                ResultSet rows = sql.executeQuery("explain (analyze, buffers, format json) " + query)) {
            rows.next();
            explained = new ObjectMapper().readTree(rows.getString(1)).at("/0/Plan");
        }
        assertThat(explained.findValuesAsText("Node Type")).doesNotContain("Seq Scan", "Sort", "Bitmap Heap Scan")
                .contains("Index Only Scan");
        assertThat(explained.get("Shared Hit Blocks").asInt() + explained.get("Shared Read Blocks").asInt())
                .as(explained.toPrettyString())
                .isLessThan(1000);
    }

    private long count() throws SQLException {
        try (Statement sql = scaler.createStatement(); ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Orders queued, being handled or delayed, as the service measures them. */
    private long waitingByTheService() {
        Pool pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(url.substring("jdbc:".length()))
                        .setDatabase(DATABASE)
                        .setUser(user)
                        .setPassword(""))
                .with(new PoolOptions().setMaxSize(1))
                .using(vertx.getDelegate())
                .build());
        LoadForecast load = new LoadForecast(pool, Clock.systemUTC(), plan);
        load.measureBacklog().await().indefinitely();
        pool.close().await().indefinitely();
        return (long) load.measured(LoadForecast.Backlog::waiting);
    }

    /**
     * @param work  worker, due_at, lane, held_by, queued_at
     * @param place batch_id, position, rank
     */
    private void insert(int orders, String status, String work, String place) throws SQLException {
        execute("""
                insert into order_state (order_id, channel, placed_at, status, step, updated_at, reason_code,
                                         worker, due_at, lane, held_by, queued_at, batch_id, position, rank)
                select gen_random_uuid(), 'webshop', now() - n * interval '1 s', '%1$s',
                       case when '%1$s' <> 'HANDLED' then 'create-shipment' end, now(),
                       case when '%1$s' = 'DELAYED' then 'partner-down' end, %2$s, %3$s
                from generate_series(1, %4$d) n
                """.formatted(status, work, place, orders));
    }

    private void execute(String statement) throws SQLException {
        try (Statement sql = owner.createStatement()) {
            sql.execute(statement);
        }
    }
}
