package io.sluice.batch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.audit.Requester;
import io.sluice.lane.BatchLanes;
import io.sluice.order.FailurePolicy;
import io.sluice.order.PrintOrder;
import io.sluice.store.OrderFilter;
import io.sluice.testing.Orders;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.sqlclient.Pool;

/** Which orders leave a batch that ends without them, and how they stand then. Their slips are printed first of all. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class BatchEndTest {
    @Inject
    TestBatches batches;
    @Inject
    BatchEnd end;
    @Inject
    Selections selections;
    @Inject
    BatchPreparation preparation;
    @Inject
    BatchFiller filler;
    @Inject
    BatchLanes lanes;
    @Inject
    Batches table;
    @Inject
    Pool pool;

    private final String channel = "copies-" + UUID.randomUUID().toString().substring(0, 8);
    private final UUID batch = UUID.randomUUID();
    private List<String> ids;

    /** Four orders that came in and one that had failed before, in a batch that was aborted and looks finished. */
    @BeforeEach
    void batchOfFive() {
        String template = given().contentType("application/json")
                .body(Orders.json("manual"))
                .post("/api/orders")
                .path("id");
        batches.copy(template, channel, 5);
        ids = batches.table(channel);
        state(4, "version = 2, status = 'FAILED', step = 'send-tracking', reason_code = 'partner-refused',"
                + " reason_detail = 'No.'");
        BatchRequest request = BatchRequest.ofFilter(OrderFilter.of(Set.of(), channel, null), PrintOrder.REVERSED,
                FailurePolicy.SKIP);
        preparation.begin(batch, request, Requester.service("test"))
                .chain(() -> selections.read(request))
                .chain(selection -> filler.fill(batch, request, selection))
                .chain(() -> pool.withTransaction(transaction -> lanes.enter(transaction, batch)))
                .await()
                .indefinitely();
        batches.update("update batch set line_no = nextval('batch_line'), status = 'ABORTED', ends_as = 'ABORTED',"
                + " on_failure = 'wait', total = 5, counts = '{}', finished_at = now() where id = ?", batch);
        // This process would take over the orders of the worker w.
        batches.update("update lane set holder = 'w', fence = fence + 1, lease_until = now() + interval '1 hour'"
                + " where name = 'print-packing-slip/printer'");
    }

    @AfterEach
    void noOrdersLeft() {
        batches.remove(channel);
        batches.update("update lane set holder = null, lease_until = null where holder = 'w'");
    }

    private void state(int index, String assignments) {
        batches.update("update order_state set " + assignments + " where order_id = ?",
                UUID.fromString(ids.get(index)));
    }

    private void passedTheLane(int index) {
        batches.update("update batch_item set lanes_passed = 1 where order_id = ?", UUID.fromString(ids.get(index)));
    }

    private void sendBack() {
        end.sendBack(batch).await().indefinitely();
    }

    private void isBack(int index, String status, String step, String reason) {
        given().get("/api/orders/" + ids.get(index))
                .then()
                .body("status", is(status))
                .body("step", is(step))
                .body("reason.detail", is(reason))
                .body("batchId", nullValue())
                .body("position", nullValue());
    }

    private void isStillInIt(int index, String status) {
        given().get("/api/orders/" + ids.get(index))
                .then()
                .body("status", is(status))
                .body("batchId", is(batch.toString()));
    }

    @Test
    void cursor_standsAtTheFirstOrderThatHasTheLaneBeforeIt() {
        // The failed one, at position 5, comes first bottom-up; its slip is printed already.
        assertThat(batches.number("select next_rank from batch_lane where batch_id = ?", batch)).isEqualTo(-4);
        assertThat(batches.strings("select lane from batch_lane where batch_id = ?", batch))
                .containsExactly("print-packing-slip/printer");
        assertThat(batches.strings("select order_id from order_state where batch_id = ? and lane is not null"
                + " order by position", batch)).isEqualTo(ids.subList(0, 4));
    }

    @Test
    void untouchedOrders_standAsTheyDidBefore() {
        sendBack();
        for (int index = 0; index < 4; index++) {
            isBack(index, "RECEIVED", null, null);
        }
        isBack(4, "FAILED", "send-tracking", "No.");
    }

    @Test
    void ordersThatHaveTheLaneBeforeThem_leave_andOthersGoOn() {
        state(0, "status = 'HANDLING', worker = 'w', due_at = now() + interval '1 hour'");
        // No worker takes it meanwhile.
        state(1, "status = 'DELAYED', step = 'create-shipment', parked = false, lane = null,"
                + " due_at = now() + interval '1 hour', reason_code = 'x', reason_detail = 'y'");
        state(2, "status = 'HANDLING', step = 'create-shipment', lane = null, worker = 'w',"
                + " due_at = now() + interval '1 hour'");
        passedTheLane(2);
        state(3, "status = 'DELAYED', held_by = 'printer', outcome_unknown = true, reason_code = 'x'");
        sendBack();
        assertThat(uncertain()).as("slips that may be out, before those that come next").containsExactly(ids.get(3));
        isStillInIt(0, "HANDLING");
        isBack(1, "RECEIVED", null, null);
        isStillInIt(2, "HANDLING");
        isBack(3, "RECEIVED", null, null);
        isBack(4, "FAILED", "send-tracking", "No.");
        assertThat(table.counts(batch).await().indefinitely()).isEqualTo("{\"total\":5,\"waiting\":3,\"handling\":2,"
                + "\"delayed\":0,\"handled\":0,\"failed\":0,\"cancelled\":0}");
    }

    @Test
    void failedOrderWhoseOutcomeIsUnknown_isUncertain_whenAnotherBatchTakesIt() {
        ids.forEach(id -> state(ids.indexOf(id),
                "version = version + 1, status = 'FAILED', step = 'print-packing-slip', reason_code = 'x'"));
        state(1, "outcome_unknown = true");
        given().contentType("application/json")
                .body(Map.of("orderIds", ids.subList(0, 2), "printOrder", "any"))
                .post("/api/batches")
                .then()
                .statusCode(202);
        assertThat(uncertain()).containsExactly(ids.get(1));
    }

    private List<String> uncertain() {
        return batches.strings(
                "select order_id from batch_item where batch_id = ? and uncertain_step = 'print-packing-slip'",
                batch);
    }

    /** Its failed orders stay in it; the one that is retried waits for the other one. */
    @Test
    void orderThatIsRetriedWhileItsBatchEnds_isNotSentBackAnyMore() {
        state(0, "version = version + 1, status = 'FAILED', reason_code = 'x', reason_detail = 'y'");
        state(3, "version = version + 1, status = 'FAILED', reason_code = 'x', reason_detail = 'y'");
        sendBack();
        for (int index : List.of(1, 2)) {
            isBack(index, "RECEIVED", null, null);
        }
        isBack(4, "FAILED", "send-tracking", "No.");
        given().post("/api/orders/" + ids.get(0) + "/retry").then().statusCode(202);
        sendBack();
        isStillInIt(0, "QUEUED");
        given().get("/api/batches/" + batch).then().body("status", is("RUNNING"));
    }
}
