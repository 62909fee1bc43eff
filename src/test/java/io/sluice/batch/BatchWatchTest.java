package io.sluice.batch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.process.PeriodicTasks;
import io.sluice.stream.LoadForecast;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;
import io.sluice.testing.TappedDatabase;
import io.vertx.core.Vertx;

/** What becomes of a count that was made just before something else happened to its batch. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class BatchWatchTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** With this the batch is locked, to write down what has been counted. */
    private static final String LOCK = "/* lock counted batch */";

    @Inject
    TestBatches batches;
    @Inject
    PeriodicTasks tasks;
    @Inject
    LoadForecast load;
    @Inject
    BatchEnd end;
    @Inject
    Vertx vertx;

    private TappedDatabase database;
    private String order;
    private String batch;

    @BeforeEach
    void batchThatHasEndedWithAFailedOrder() {
        database = new TappedDatabase(vertx);
        Partners.set("printer", Map.of("failureRate", 1));
        order = LaneTest.post(1).get(0);
        batch = given().contentType("application/json")
                .body(Map.of("orderIds", List.of(order)))
                .post("/api/batches")
                .path("id");
        await().atMost(PATIENCE).untilAsserted(() -> batch().body("finishedAt", notNullValue()));
        batch().body("status", is("COMPLETED")).body("counts.failed", is(1));
        Partners.wellBehaved();
    }

    @AfterEach
    void end() {
        database.close();
        Partners.wellBehaved();
    }

    private ValidatableResponse batch() {
        return given().get("/api/batches/" + batch).then();
    }

    /** Counts the batch once more, up to where it is to be written down. */
    private CompletableFuture<?> count() {
        BatchWatch watch = new BatchWatch(tasks, new Batches(load, database.pool()), end, database.pool());
        AtomicReference<CompletableFuture<?>> count = new AtomicReference<>();
        database.holdAt(LOCK);
        // The application may be quicker, and count it itself.
        await().atMost(PATIENCE).until(() -> {
            batches.update("update batch set counts = null, count_at = now() where id = ?", UUID.fromString(batch));
            count.set(watch.follow(UUID.fromString(batch)).subscribeAsCompletionStage());
            await().atMost(PATIENCE).until(() -> count.get().isDone() || database.holds(LOCK));
            return !count.get().isDone();
        });
        return count.get();
    }

    @Test
    void count_thatIsWrittenAfterARetry_doesNotEndTheBatch() {
        CompletableFuture<?> count = count();
        CompletableFuture<Integer> retry;
        try (TestBatches.Held outbox = batches.hold("lock table outbox in share mode")) {
            retry = CompletableFuture.supplyAsync(() -> given().post("/api/orders/" + order + "/retry").statusCode());
            await().atMost(PATIENCE)
                    .until(() -> batches.strings("select id from batch where id = ? for update skip locked",
                            UUID.fromString(batch)).isEmpty());
            database.release();
            batches.awaitWaiting(LOCK);
        }
        assertThat(retry.join()).isEqualTo(202);
        count.join();
        // A count that takes long is not made again soon, if the batch has not ended.
        batches.update("update batch set count_at = now() where id = ?", UUID.fromString(batch));
        await().atMost(PATIENCE).untilAsserted(() -> batch().body("counts.handled", is(1)));
        await().atMost(PATIENCE).untilAsserted(() -> batch().body("finishedAt", notNullValue()));
    }

    @Test
    void count_ofABatchThatHasEnded_isMadeAnewWhenItIsWritten() {
        CompletableFuture<?> count = count();
        given().post("/api/orders/" + order + "/cancel").then().statusCode(200);
        await().atMost(PATIENCE)
                .until(() -> batches.number("select count(*) from batch where id = ? and counts is not null",
                        UUID.fromString(batch)) == 1);
        batch().body("counts.cancelled", is(1));
        database.release();
        count.join();
        batch().body("counts.cancelled", is(1)).body("counts.failed", is(0));
    }
}
