package io.sluice.batch;

import java.util.UUID;

import io.sluice.order.OrderStatus;
import io.sluice.store.ReasonView;

/**
 * One order of a batch as JSON shows it: as it stands, or as it stood when it left the batch.
 *
 * @param outOfSequence true if its slip came out after one of a later position; else null
 */
public record BatchItemView(int position, UUID orderId, OrderStatus status, String step, ReasonView reason,
        Boolean outOfSequence) {}
