package io.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;

/** What batches are said to wait for, in lanes of steps that no plan has, so that no worker moves them. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WaitsForTest {
    @Inject
    TestBatches batches;
    @Inject
    Batches table;

    private final UUID one = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID order = UUID.randomUUID();

    @AfterEach
    void remove() {
        batches.update("delete from order_state where order_id = ?", order);
        for (UUID batch : List.of(one, other)) {
            batches.update("delete from batch_lane where batch_id = ?", batch);
            batches.update("update lane set batch_id = null where batch_id = ?", batch);
            batches.update("delete from batch where id = ?", batch);
        }
        batches.update("delete from lane where name like 'test-%'");
    }

    @Test
    void batchesThatWaitForOneAnother_tellOfTheOrderThatAPersonHasToSeeTo() {
        batch(one);
        batch(other);
        lane(one, 0);
        lane(other, 0);
        lane(other, 1);
        lane(one, 1);
        batches.update("update lane set fence = 1, batch_id = ? where name = 'test-1'", other);
        failed(one);

        assertThat(waitsFor(other).batchId()).isEqualTo(one);
        assertThat(waitsFor(one).orderId()).isEqualTo(order);
        assertThat(waitsFor(one).person()).isTrue();
    }

    @Test
    void batchWithoutAFailedOrder_tellsOfTheBatchThatGoesFirst() {
        batch(one);
        batch(other);
        lane(one, 0);
        lane(other, 0);

        assertThat(waitsFor(one)).isNull();
        assertThat(waitsFor(other).batchId()).isEqualTo(one);
    }

    private WaitsFor waitsFor(UUID batch) {
        return table.find(batch).await().indefinitely().waitsFor();
    }

    /** Finished, so that no process counts it, and yet running. */
    private void batch(UUID id) {
        batches.update("""
                insert into batch (id, print_order, on_failure, total, rejected, created_at, finished_at, counts)
                values (?, 'as-listed', 'wait', 1, '[]', now(), now(), '{}')
                """, id);
    }

    private void lane(UUID batch, int number) {
        batches.update("insert into lane (name, step) values (?, ?) on conflict do nothing", "test-" + number,
                "test-" + number);
        batches.update("insert into batch_lane (batch_id, lane, lane_no, next_rank) values (?, ?, ?, 1)", batch,
                "test-" + number, number);
    }

    private void failed(UUID batch) {
        batches.update(
                """
                        insert into order_state (order_id, channel, placed_at, status, step, reason_code, batch_id,
                            position, rank,
                                                 updated_at)
                        values (?, 'test', now(), 'FAILED', 'mark-shipped', 'x', ?, 1, 1, now())
                        """,
                order, batch);
    }
}
