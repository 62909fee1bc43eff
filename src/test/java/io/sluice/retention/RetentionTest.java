package io.sluice.retention;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testing.Api;
import io.sluice.testing.OrderRequest;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;

@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class RetentionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    Retention retention;
    @Inject
    RetentionTable table;
    @Inject
    OrderArchive archive;
    @Inject
    ArchiveErasure erasure;
    @Inject
    AgroalDataSource database;
    @Inject
    ObjectMapper json;
    @TestHTTPResource("/api")
    String api;

    /** Removes what ended before now. */
    private void removeOrders() {
        removeOrders(Instant.now());
    }

    private void removeOrders(Instant limit) {
        retention.removeOrders(limit).await().atMost(PATIENCE);
    }

    @Test
    void endedOrder_goesWithAllThatIsAboutIt() throws SQLException {
        OrderRequest order = Api.order();
        String id = Api.post(order);
        Api.awaitStatus(id, "HANDLED");
        String cancelled = Api.post(Api.order().manual());
        Api.act(cancelled, "cancel").then().statusCode(200);
        Api.history(cancelled).body("actions", hasSize(1));
        removeOrders();
        assertThat(count("select count(*) from audit where subject = ?::text", UUID.fromString(cancelled)))
                .as("who cancelled it")
                .isOne();
        for (String path : List.of("", "/history", "/packing-slip.pdf", "/events")) {
            given().get("/api/orders/" + id + path).then().statusCode(404);
        }
        given().get("/api/orders?q=" + id).then().body("items", hasSize(0));
        for (String name : List.of("orders where id", "order_state where order_id", "event_log where order_id",
                "search_queue where order_id", "order_search where order_id")) {
            assertThat(count("select count(*) from " + name + " = ?", UUID.fromString(id))).as(name).isZero();
        }
    }

    @Test
    void otherOrders_stay() {
        String received = Api.send(Api.order().manual()).path("id");
        Instant before = Instant.now();
        String younger = Api.postHandled();
        removeOrders(before);
        Api.get(received).body("status", is("RECEIVED"));
        Api.get(younger).body("status", is("HANDLED"));
        removeOrders();
        Api.get(received).body("status", is("RECEIVED"));
        given().get("/api/orders/" + younger).then().statusCode(404);
        Api.act(received, "cancel").then().statusCode(200);
        removeOrders();
        given().get("/api/orders/" + received).then().statusCode(404);
    }

    /** What counts is the time since its end, not its age. */
    @Test
    void oldOrderThatEndedLately_stays() {
        String id = Api.send(Api.order().manual()).path("id");
        Instant ended = Instant.parse(Api.act(id, "cancel").then().statusCode(200).extract().path("updatedAt"));
        removeOrders(ended);
        Api.get(id).body("status", is("CANCELLED"));
        removeOrders(ended.plusMillis(1));
        given().get("/api/orders/" + id).then().statusCode(404);
    }

    @Test
    void orderThatHasChangedMeanwhile_stays() {
        String id = Api.postHandled();
        var old = List.of(new RetentionTable.OldOrder(UUID.fromString(id), 5));
        assertThat(table.remove(old).await().atMost(PATIENCE)).isZero();
        Api.get(id).body("status", is("HANDLED"));
        Api.history(id).body("attempts", hasSize(4));
    }

    @Test
    void ordersOfABatch_goTogetherWithIt() throws SQLException {
        List<String> ids = Api.post(3, Api.order().manual());
        String batch = Api.batch(ids).create();
        Api.awaitStatus(ids, "HANDLED");
        Api.awaitEnd(batch);
        String finished = given().get("/api/batches/" + batch).path("finishedAt");
        removeOrders(Instant.parse(finished));
        Api.get(ids.get(0)).body("status", is("HANDLED"));
        removeOrders();
        given().get("/api/orders/" + ids.get(0)).then().statusCode(404);
        given().get("/api/batches/" + batch).then().statusCode(404);
        assertThat(count("select count(*) from event_log where batch_id = ?", UUID.fromString(batch))).isZero();
    }

    /** An order that failed waits for a person, and its batch with it. */
    @Test
    void batchThatHasAnOrderLeft_stays() {
        Partners.set("carrier", Map.of("failureRate", 1));
        String id;
        String batch;
        try {
            id = Api.send(Api.order().manual()).path("id");
            batch = Api.batch(List.of(id)).create();
            Api.awaitStatus(id, "FAILED");
            Api.awaitEnd(batch);
        } finally {
            Partners.wellBehaved();
        }
        removeOrders();
        Api.get(id).body("status", is("FAILED"));
        given().get("/api/batches/" + batch).then().statusCode(200);
        Api.act(id, "cancel").then().statusCode(200);
        removeOrders();
        given().get("/api/orders/" + id).then().statusCode(404);
        given().get("/api/batches/" + batch).then().statusCode(404);
    }

    @Test
    void clientThatHasNotSeenTheEventsOfARemovedOrder_isToldToResync() {
        String start;
        try (SseClient client = SseClient.open(api + "/events")) {
            await().atMost(PATIENCE).until(() -> client.lastEventId() != null);
            start = client.lastEventId();
            String id = Api.postHandled();
            await().atMost(PATIENCE)
                    .until(() -> client.events()
                            .stream()
                            .anyMatch(e -> id.equals(e.text("orderId")) && "HANDLED".equals(e.text("status"))));
            given().accept("application/json").get("/api/events?after=" + start).then().statusCode(200);
            removeOrders();
            given().accept("application/json")
                    .get("/api/events?after=" + client.lastEventId())
                    .then()
                    .statusCode(200);
        }
        given().accept("application/json").get("/api/events?after=" + start).then().statusCode(410);
        try (SseClient client = SseClient.resume(api + "/events", start)) {
            await().atMost(PATIENCE).until(() -> !client.events().isEmpty());
            assertThat(client.events().get(0).type()).isEqualTo("resync");
        }
    }

    @Test
    void archive_hasTheOrderAndItsAttempts(@TempDir Path folder) throws IOException {
        List<RetentionTable.OldOrder> orders = Stream.of(Api.postHandled(), Api.postHandled())
                .map(id -> new RetentionTable.OldOrder(UUID.fromString(id), 6))
                .toList();
        for (RetentionTable.OldOrder order : orders) {
            archive.write(folder, List.of(order)).await().atMost(PATIENCE);
        }
        List<JsonNode> lines = lines(folder);
        assertThat(lines).extracting(line -> line.at("/order/id").asText())
                .containsExactlyElementsOf(orders.stream().map(order -> order.id().toString()).toList());
        assertThat(lines.get(0).at("/order")).isEqualTo(
                json.readTree(given().get("/api/orders/" + orders.get(0).id()).asString()));
        assertThat(lines.get(0).at("/attempts")).hasSize(4)
                .isEqualTo(json.readTree(given().get("/api/orders/" + orders.get(0).id() + "/history").asString())
                        .at("/attempts"));
        assertThat(lines.get(0).at("/actions").isArray()).isTrue();
    }

    @Test
    void archive_forgetsPersonsWhoAreErased(@TempDir Path folder) throws IOException {
        String email = "archived-" + UUID.randomUUID() + "@example.org";
        List<RetentionTable.OldOrder> orders = Stream.of(email, "other@example.org")
                .map(address -> Api.post(Api.order()
                        .manual()
                        .with("customer", Map.of("name", "Xantippe", "email", address))
                        .with("note", "For Xantippe")))
                .map(id -> new RetentionTable.OldOrder(UUID.fromString(id), 1))
                .toList();
        for (RetentionTable.OldOrder order : orders) {
            archive.write(folder, List.of(order)).await().atMost(PATIENCE);
        }
        JsonNode before = lines(folder).get(0);
        Instant first = Instant.now();
        given().contentType("application/json")
                .body(Map.of("email", email.toUpperCase(Locale.ROOT)))
                .post("/api/persons/erase")
                .then()
                .statusCode(200)
                .body("underway", hasSize(1));

        erasure.run(folder, first).await().atMost(PATIENCE);
        assertThat(lines(folder).get(0)).isEqualTo(before);
        erasure.run(folder, Instant.now().plusSeconds(60)).await().atMost(PATIENCE);

        List<JsonNode> lines = lines(folder);
        assertThat(lines.get(0).toString()).doesNotContain("Xantippe", email, "London");
        assertThat(lines.get(0).at("/order/customer/name").asText()).isEqualTo("(erased)");
        for (String kept : List.of("id", "externalId", "total", "currency", "lines", "placedAt", "status")) {
            assertThat(lines.get(0).at("/order/" + kept)).as(kept).isEqualTo(before.at("/order/" + kept));
        }
        assertThat(lines.get(0).at("/order/shipTo/country").asText()).isEqualTo("GB");
        assertThat(lines.get(1).at("/order/customer/name").asText()).isEqualTo("Xantippe");
        // Done once: what is archived later is another order.
        archive.write(folder, orders).await().atMost(PATIENCE);
        erasure.run(folder, Instant.now().plusSeconds(60)).await().atMost(PATIENCE);
        assertThat(lines(folder).toString()).contains(email);
    }

    @Test
    void archiveThatCannotBeWritten_fails(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        var order = new RetentionTable.OldOrder(UUID.fromString(Api.postHandled()), 6);
        assertThatThrownBy(() -> archive.write(file, List.of(order)).await().atMost(PATIENCE))
                .hasMessageContaining(file.toString());
    }

    @Test
    void keys_areForgottenAfterTheirTime() {
        String forgotten = "retention-" + UUID.randomUUID();
        String kept = "retention-" + UUID.randomUUID();
        String order = Api.order().manual().json();
        post(forgotten, order).then().statusCode(202);
        Instant between = Instant.now();
        post(kept, order).then().statusCode(200);
        while (table.removeKeys(between).await().atMost(PATIENCE) > 0) {
            // There may be keys of other tests.
        }
        post(kept, order).then().header("Idempotency-Replayed", "true");
        post(forgotten, order).then().statusCode(200).header("Idempotency-Replayed", nullValue());
    }

    /** Of an endpoint that was removed, and of two that work. */
    @Test
    void oldDeliveriesOfWebhooks_go_unlessTheyAreStillToBeSent() throws SQLException {
        String webhook = given().contentType("application/json")
                .body(Map.of("url", "http://127.0.0.1:9/", "channel", "retention-only"))
                .post("/api/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        insertDelivery(webhook, "DELIVERED", "31 days");
        insertDelivery(webhook, "PENDING", "31 days");
        insertDelivery(webhook, "FAILED", "29 days");
        String removed = UUID.randomUUID().toString();
        insertDelivery(removed, "PENDING", "31 days");
        runOnce(null, Duration.ofHours(59));
        assertThat(count("select count(*) from webhook_delivery where webhook_id = ?", UUID.fromString(removed)))
                .isZero();
        given().get("/api/webhooks/" + webhook + "/deliveries")
                .then()
                .body("items.status", is(List.of("FAILED", "PENDING")));
        given().delete("/api/webhooks/" + webhook).then().statusCode(204);
    }

    private void insertDelivery(String webhook, String state, String age) throws SQLException {
        age("""
                insert into webhook_delivery (webhook_id, message_id, type, event_at, state, due_at)
                values (?, gen_random_uuid(), 'webhook.test', now() - interval '%s', '%s',
                        case when '%2$s' = 'PENDING' then now() + interval '1 day' end)
                """.formatted(age, state), webhook);
    }

    /** What the configuration says. */
    private record Kept(Optional<Duration> orders, Optional<Path> archive,
            Duration idempotencyKeys, Duration webhookDeliveries,
            Optional<Duration> audit) implements RetentionConfig {}

    private void runOnce(Duration orders, Duration keys) {
        RetentionConfig config = new Kept(Optional.ofNullable(orders), Optional.empty(), keys, Duration.ofDays(30),
                Optional.empty());
        new Retention(config, table, archive).run(Instant.now()).await().atMost(PATIENCE);
    }

    @Test
    void run_keepsEverythingForTheTimeThatIsConfigured() throws SQLException {
        String key = "retention-" + UUID.randomUUID();
        String order = post(key, Api.order().manual().json()).then().statusCode(202).extract().path("id");
        Api.act(order, "cancel").then().statusCode(200);
        age("update idempotency_key set created_at = now() - interval '60 hours' where order_id = ?", order);
        runOnce(Duration.ofHours(1), Duration.ofHours(61));
        Api.get(order).body("status", is("CANCELLED"));
        assertThat(keys(order)).isOne();
        runOnce(null, Duration.ofHours(59));
        Api.get(order).body("status", is("CANCELLED"));
        assertThat(keys(order)).isZero();
        runOnce(Duration.ofMillis(1), Duration.ofHours(59));
        given().get("/api/orders/" + order).then().statusCode(404);
    }

    private long keys(String order) throws SQLException {
        return count("select count(*) from idempotency_key where order_id = ?", UUID.fromString(order));
    }

    private void age(String sql, String order) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, UUID.fromString(order));
            assertThat(statement.executeUpdate()).isOne();
        }
    }

    private static Response post(String key, String order) {
        return given().contentType("application/json").header("Idempotency-Key", key).body(order).post("/api/orders");
    }

    private List<JsonNode> lines(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(one -> one.toString().endsWith(ArchiveFolder.SUFFIX)).findAny().orElseThrow();
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(this::parsed).toList();
            }
        }
    }

    private JsonNode parsed(String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    private long count(String sql, UUID id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }
}
