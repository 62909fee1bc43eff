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

/** What batches are said to wait for, at gates of steps that no plan has, so that nobody moves them. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class WaitsForTest {
    @Inject
    TestBatches batches;
    @Inject
    WaitsForTable table;

    private final UUID one = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID order = UUID.randomUUID();

    @AfterEach
    void remove() {
        batches.update("delete from order_state where order_id = ?", order);
        for (UUID batch : List.of(one, other)) {
            batches.update("delete from batch_gate where batch_id = ?", batch);
            batches.update("delete from batch where id = ?", batch);
        }
    }

    @Test
    void batchesThatWaitForOneAnother_tellOfTheOrderThatAPersonHasToSeeTo() {
        batch(one);
        batch(other);
        gate(one, 0, 1);
        gate(other, 0, 2);
        gate(other, 1, 3);
        gate(one, 1, 4);
        failed(one);

        var found = table.find(List.of(one, other)).await().indefinitely();

        assertThat(found.get(other).batchId()).isEqualTo(one);
        assertThat(found.get(one).orderId()).isEqualTo(order);
        assertThat(found.get(one).person()).isTrue();
    }

    @Test
    void batchWithoutAFailedOrder_tellsOfTheBatchThatGoesFirst() {
        batch(one);
        batch(other);
        gate(one, 0, 1);
        gate(other, 0, 2);

        var found = table.find(List.of(one, other)).await().indefinitely();

        assertThat(found).containsOnlyKeys(other);
        assertThat(found.get(other).batchId()).isEqualTo(one);
    }

    private void batch(UUID id) {
        batches.update(
                """
                        insert into batch (id, status, print_order, on_failure, total, rejected, created_at, finished_at, counts)
                        values (?, 'COMPLETED', 'as-listed', 'wait', 1, '[]', now(), now(), '{}')
                        """,
                id);
    }

    private void gate(UUID batch, int gate, int turn) {
        batches.update(
                "insert into batch_gate (batch_id, gate, step, next_rank, turn, open) values (?, ?, ?, 1, ?, true)",
                batch, gate, "step-" + gate, turn);
    }

    private void failed(UUID batch) {
        batches.update(
                """
                        insert into order_state (order_id, placed_at, status, step, version, batch_id, position, rank, updated_at)
                        values (?, now(), 'FAILED', 'step-0', 2, ?, 1, 1, now())
                        """,
                order, batch);
    }
}
