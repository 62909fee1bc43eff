package io.sluice.handle;

import java.util.UUID;

import io.sluice.order.FailurePolicy;
import io.sluice.order.PrintOrder;
import io.vertx.mutiny.sqlclient.Row;

/**
 * The place of an order in its batch.
 *
 * @param rank the place in the sequence in which slips come out; lower ones go first
 */
record BatchPlace(UUID batch, int rank, PrintOrder printOrder, FailurePolicy onFailure) {

    /** Null if the order is in no batch. */
    static BatchPlace of(Row row) {
        UUID batch = row.getUUID("batch_id");
        return batch == null
                ? null
                : new BatchPlace(batch, row.getInteger("rank"), PrintOrder.of(row.getString("print_order")),
                        FailurePolicy.of(row.getString("on_failure")));
    }
}
