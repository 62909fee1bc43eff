package io.sluice.partner;

import java.util.UUID;

import io.sluice.order.Address;
import io.sluice.order.Shipment;
import io.sluice.order.Step;
import io.sluice.store.OrderContent;

/**
 * What a partner must be told to carry a step out.
 *
 * @param batchId    with {@code position} and {@code batchTotal}, or all three null
 * @param shipment   once there is one, else null
 * @param attempt    counts from 1 within the step
 * @param unknown    whether the call may have gone out before and its answer is not known: the partner is asked what
 *                   happened before anything is sent again
 */
public record StepCall(Step step, UUID orderId, String channel, String externalId, String currency, String total,
        OrderContent content, UUID batchId, Integer position, Integer batchTotal, Shipment shipment, int attempt,
        boolean unknown) {

    /** The same for every attempt at this step of this order, so that its effect happens once. */
    public String idempotencyKey() {
        return orderId + ":" + step.wireName();
    }

    Address shipTo() {
        return content.shipTo();
    }
}
