package io.sluice.batch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.sluice.audit.Requester;
import io.sluice.lane.BatchLanes;
import io.sluice.order.FailurePolicy;
import io.sluice.order.HandlingPlan;
import io.sluice.order.PrintOrder;
import io.sluice.partner.PartnerDirectory;
import io.sluice.store.OrderFilter;
import io.sluice.testing.Orders;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.SseClient;
import io.sluice.testing.TappedDatabase;
import io.vertx.core.Vertx;

/** Taking many orders at once, and taking them back. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class BatchTakingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TestHTTPResource("/api")
    String api;
    @Inject
    TestBatches batches;
    @Inject
    Selections selections;
    @Inject
    BatchPreparation preparation;
    @Inject
    BatchFiller filler;
    @Inject
    BatchLanes lanes;
    @Inject
    PartnerDirectory partners;
    @Inject
    HandlingPlan plan;
    @Inject
    Vertx vertx;

    private final String channel = "copies-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void wellBehavedPartners() {
        Partners.wellBehaved();
    }

    @AfterEach
    void noOrdersLeft() {
        given().post("/api/partners/printer/resume").then().statusCode(200);
        batches.remove(channel);
    }

    private static String post(String handling) {
        return given().contentType("application/json").body(Orders.json(handling)).post("/api/orders").path("id");
    }

    private static String post(String handling, String channel) {
        return given().contentType("application/json")
                .header("Prefer", "wait=30")
                .body(Orders.json(handling, "M-" + UUID.randomUUID(), channel))
                .post("/api/orders")
                .then()
                .statusCode(200)
                .body("status", is("HANDLED"))
                .extract()
                .path("id");
    }

    private static ValidatableResponse create(Map<String, Object> request) {
        return given().contentType("application/json").body(request).post("/api/batches").then();
    }

    private Map<String, Object> everything() {
        return Map.of("filter", Map.of("channel", channel));
    }

    private Map<String, Long> statuses() {
        Map<String, Long> counts = new HashMap<>();
        batches.strings("select status from order_state join orders o on o.id = order_id where o.channel = ?", channel)
                .forEach(status -> counts.merge(status, 1L, Long::sum));
        return counts;
    }

    @Test
    void tenThousandIds_keepTheirSequence() {
        batches.copy(post("manual"), channel, 10_000);
        List<String> ids = batches.table(channel);
        Collections.shuffle(ids, new Random(10));
        String batch = create(Map.of("orderIds", ids)).statusCode(202)
                .body("status", is("RUNNING"))
                .body("counts.total", is(10_000))
                .body("rejectedTotal", is(0))
                .extract()
                .path("id");
        assertThat(batches.positions(batch)).isEqualTo(ids);
    }

    @Test
    void hundredThousandMatches_areTakenInTheSequenceOfTheTable_andNobodyElseWaits() {
        batches.copy(post("manual"), channel, 100_000);
        String others = "o" + channel;
        List<String> handled = new ArrayList<>();
        try (SseClient events = SseClient.open(api + "/events?channel=" + others)) {
            await().atMost(PATIENCE).until(() -> events.lastEventId() != null);
            CompletableFuture<HttpResponse<String>> creation = createWithoutTimeOut();
            while (!creation.isDone()) {
                String id = post("auto", others);
                if (!creation.isDone()) {
                    handled.add(id);
                }
            }
            assertThat(creation.join().statusCode()).isEqualTo(202);
            JsonPath batch = JsonPath.from(creation.join().body());
            assertThat(batch.getInt("counts.total")).isEqualTo(100_000);
            assertThat(batch.getString("filter.channel")).isEqualTo(channel);
            assertThat(batches.positions(batch.getString("id"))).isEqualTo(batches.table(channel));
            assertThat(handled).as("orders that came in and were handled meanwhile").isNotEmpty();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(versions(events)).containsKeys(handled.toArray(String[]::new))
                            .allSatisfy((id, seen) -> assertThat(seen).isEqualTo(List.of(1, 2, 3, 4, 5, 6))));
        }
    }

    private CompletableFuture<HttpResponse<String>> createWithoutTimeOut() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/batches"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"filter\": {\"channel\": \"" + channel + "\"}}"))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, List<Integer>> versions(SseClient events) {
        Map<String, List<Integer>> versions = new HashMap<>();
        events.events()
                .forEach(event -> versions.computeIfAbsent(event.text("orderId"), id -> new ArrayList<>())
                        .add(event.data().get("version").asInt()));
        return versions;
    }

    @Test
    void callerThatGoesAway_leavesAWholeBatchBehind() {
        batches.copy(post("manual"), channel, 10_000);
        CompletableFuture<?> call = createWithoutTimeOut();
        await().atMost(PATIENCE).until(() -> statuses().containsKey("QUEUED"));
        call.cancel(true);
        await().atMost(PATIENCE)
                .until(() -> batches.number("select count(*) from batch b where status = 'RUNNING'"
                        + " and total = 10000 and exists (select from batch_item i join orders o on o.id = i.order_id"
                        + " where i.batch_id = b.id and o.channel = ?)", channel) == 1);
    }

    @Test
    void twoBatchesOfTheSameOrders_eachOrderIsInExactlyOne() {
        batches.copy(post("manual"), channel, 3000);
        CompletableFuture<ValidatableResponse> one = CompletableFuture.supplyAsync(() -> create(everything()));
        CompletableFuture<ValidatableResponse> two = CompletableFuture.supplyAsync(() -> create(everything()));
        List<String> taken = new ArrayList<>();
        for (ValidatableResponse batch : List.of(one.join(), two.join())) {
            batch.statusCode(202);
            List<String> orders = batches.positions(batch.extract().path("id"));
            batch.body("counts.total", is(orders.size()));
            batch.body("rejectedTotal", is(3000 - orders.size()));
            taken.addAll(orders);
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(batches.table(channel));
    }

    @Test
    void rejectedMatches_areCounted_andTheFirstAreNamed() {
        batches.copy(post("manual"), channel, 10_100);
        String first = create(everything()).statusCode(202).extract().path("id");
        given().contentType("application/json")
                .body(everything())
                .post("/api/batches/preview")
                .then()
                .statusCode(200)
                .body("total", is(0))
                .body("rejectedTotal", is(10_100))
                .body("rejected.size()", is(10_000))
                .body("rejected.reason", hasItem("It is in batch " + first + ", which is still running."));
    }

    @Test
    void filterWithoutMatches_isRefused() {
        long before = batches.number("select count(*) from batch");
        create(Map.of("filter", Map.of("channel", channel, "q", "nothing like it"))).statusCode(422)
                .body("detail", is("There is no batch because no orders match."));
        assertThat(batches.number("select count(*) from batch")).isEqualTo(before);
    }

    @Test
    void batchWhoseOrdersAreAllRejected_isOver_tellsWhy_andIsNotListed() {
        batches.copy(post("manual"), channel, 1);
        String id = batches.table(channel).get(0);
        String unknown = UUID.randomUUID().toString();
        // The first batch must not end meanwhile.
        given().post("/api/partners/printer/pause").then().statusCode(200);
        String first = create(everything()).statusCode(202).extract().path("id");
        for (Map<String, Object> again : List.<Map<String, Object>>of(everything(),
                Map.of("orderIds", List.of(id, unknown)))) {
            String batch = create(again).statusCode(202)
                    .body("status", is("COMPLETED"))
                    .body("counts.total", is(0))
                    .body("finishedAt", not(is((String) null)))
                    .body("rejected.reason", hasItem("It is in batch " + first + ", which is still running."))
                    .extract()
                    .path("id");
            given().get("/api/batches/" + batch).then().statusCode(200);
        }
        given().get("/api/batches?limit=1").then().body("items[0].id", is(first));
    }

    @Test
    void failureOnTheWay_sendsBackWhatWasTaken() {
        batches.copy(post("manual"), channel, 1200);
        String failed = batches.table(channel).get(0);
        batches.update("update order_state set status = 'FAILED', step = 'create-shipment', reason_code ="
                + " 'partner-refused', reason_detail = 'No.' where order_id = ?", UUID.fromString(failed));
        batches.update("""
                create function refuse() returns trigger language plpgsql as
                $$ begin raise exception 'no more'; end $$
                """);
        batches.update("create trigger refuse before insert on batch_item for each row when (new.position > 1000)"
                + " execute function refuse()");
        try {
            create(everything()).statusCode(500);
        } finally {
            batches.update("drop trigger refuse on batch_item");
            batches.update("drop function refuse");
        }
        allAreBack(failed, 1200);
    }

    /** Every order stands as it did, and nothing is left of the batch. */
    private void allAreBack(String failed, long count) {
        assertThat(statuses()).isEqualTo(Map.of("RECEIVED", count - 1, "FAILED", 1L));
        given().get("/api/orders/" + failed)
                .then()
                .body("status", is("FAILED"))
                .body("step", is("create-shipment"))
                .body("reason.detail", is("No."))
                .body("batchId", is((String) null))
                .body("version", is(3));
        assertThat(batches.number("select count(*) from batch where line_no is null")).isZero();
        assertThat(batches.number("select count(*) from order_state join orders o on o.id = order_id"
                + " where o.channel = ? and (batch_id is not null or position is not null or rank is not null"
                + " or parked or lane is not null or due_at is not null)", channel)).isZero();
        assertThat(
                batches.number("select count(*) from batch_item join orders o on o.id = order_id where o.channel = ?",
                        channel))
                .isZero();
    }

    @Test
    void batchLeftHalfMade_isInvisible_startsNothing_andIsUndone() {
        batches.copy(post("manual"), channel, 600);
        List<String> ids = batches.table(channel);
        String failed = ids.get(0);
        batches.update("update order_state set status = 'FAILED', step = 'create-shipment', reason_code ="
                + " 'partner-refused', reason_detail = 'No.' where order_id = ?", UUID.fromString(failed));
        UUID batch = UUID.randomUUID();
        prepare(batch);
        assertThat(statuses()).isEqualTo(Map.of("QUEUED", 600L));
        given().get("/api/batches/" + batch).then().statusCode(404);
        given().get("/api/batches/" + batch + "/items").then().statusCode(404);
        given().get("/api/batches").then().body("items.id", not(hasItem(batch.toString())));
        given().post("/api/orders/" + ids.get(1) + "/cancel").then().statusCode(200);
        batches.update("update batch set count_at = now() where id = ?", batch);
        await().atMost(PATIENCE).until(() -> batches.number("select count(*) from batch where id = ?", batch) == 0);
        given().get("/api/orders/" + ids.get(1))
                .then()
                .body("status", is("CANCELLED"))
                .body("batchId", is((String) null));
        assertThat(batches.number("select count(*) from event_log where kind = 'batch' and batch_id = ?", batch))
                .isZero();
        batches.update("update order_state set status = 'RECEIVED', step = 'print-packing-slip' where order_id = ?",
                UUID.fromString(ids.get(1)));
        allAreBack(failed, 600);
        assertThat(Partners.printed()).extracting(job -> job.get("orderId")).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void whoPreparesABatchThatIsUndoneMeanwhile_takesNothingMore() {
        batches.copy(post("manual"), channel, 10);
        UUID batch = UUID.randomUUID();
        BatchRequest request = request();
        preparation.begin(batch, request, Requester.service("test")).await().indefinitely();
        Selection selection = selections.read(request).await().indefinitely();
        batches.update("update batch set count_at = now() where id = ?", batch);
        await().atMost(PATIENCE).until(() -> batches.number("select count(*) from batch where id = ?", batch) == 0);
        assertThatThrownBy(() -> filler.fill(batch, request, selection).await().indefinitely())
                .hasMessageContaining("was given up");
        assertThat(statuses()).isEqualTo(Map.of("RECEIVED", 10L));
    }

    /** It fails once more, between the beginning of the transaction that takes it and the lock of its row. */
    @Test
    void orderThatChangesWhileItIsTaken_isLeftOut_andItsEventsKeepTheirSequence() {
        Partners.set("printer", Map.of("failureRate", 1));
        String id = given().contentType("application/json")
                .header("Prefer", "wait=30")
                .body(Orders.json("auto", "M-" + UUID.randomUUID(), channel))
                .post("/api/orders")
                .then()
                .body("status", is("FAILED"))
                .extract()
                .path("id");
        UUID batch = UUID.randomUUID();
        preparation.begin(batch, request(), Requester.service("test")).await().indefinitely();
        Selection selection = selections.read(request()).await().indefinitely();
        assertThat(selection.orders()).hasSize(1);
        String lock = "/* lock free orders */";
        try (TappedDatabase database = new TappedDatabase(vertx)) {
            database.holdAt(lock);
            CompletableFuture<Void> taken = new BatchFiller(preparation, selections, lanes, partners, plan,
                    database.pool())
                    .fill(batch, request(), selection)
                    .subscribeAsCompletionStage();
            database.awaitHeld(lock);
            int version = given().post("/api/orders/" + id + "/retry").then().statusCode(202).extract().path("version");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> given().get("/api/orders/" + id)
                            .then()
                            .body("status", is("FAILED"))
                            .body("version", greaterThan(version)));
            database.release();
            taken.join();
        }
        int last = given().get("/api/orders/" + id).path("version");
        given().accept("application/json")
                .get("/api/events?limit=200&order=" + id)
                .then()
                .body("items.data.version", is(IntStream.rangeClosed(1, last).boxed().toList()));
        assertThat(selection.rejectedTotal()).isEqualTo(1);
        given().get("/api/orders/" + id).then().body("status", is("FAILED")).body("batchId", is((String) null));
        batches.update("delete from batch where id = ?", batch);
    }

    /** Does what a process does that dies before the batch comes into being. */
    private void prepare(UUID batch) {
        BatchRequest request = request();
        preparation.begin(batch, request, Requester.service("test"))
                .chain(() -> selections.read(request))
                .chain(selection -> filler.fill(batch, request, selection))
                .await()
                .indefinitely();
    }

    private BatchRequest request() {
        return BatchRequest.ofFilter(OrderFilter.of(Set.of(), channel, null), PrintOrder.AS_LISTED,
                FailurePolicy.SKIP);
    }
}
