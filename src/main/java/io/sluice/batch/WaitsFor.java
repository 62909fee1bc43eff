package io.sluice.batch;

import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.sluice.order.OrderStatus;

/**
 * What a batch waits for before its next order can pass a lane: another batch, or one of its own orders.
 *
 * @param batchId  the batch that has the printer now; or null
 * @param orderId  its own order that holds it up; or null
 * @param position of that order
 * @param status   of that order: FAILED, DELAYED
 * @param ahead    how many orders of other batches come first
 * @param pace     orders a second of the batch that has the lane; null if that is not known
 */
public record WaitsFor(UUID batchId, UUID orderId, Integer position, String status, @JsonIgnore long ahead,
        @JsonIgnore Double pace) {

    /** Whether it waits for a person. */
    boolean person() {
        return OrderStatus.FAILED.name().equals(status);
    }
}
