package io.sluice.partner;

import java.time.Instant;
import java.util.UUID;

import io.sluice.order.Address;
import io.sluice.order.Partner;
import io.sluice.order.Shipment;
import io.sluice.order.Step;
import io.sluice.packingslip.Place;
import io.sluice.packingslip.Slip;
import io.sluice.store.OrderContent;

/**
 * What a partner must be told to carry a step out.
 *
 * @param partner        carries the step out
 * @param batchId        with {@code position} and {@code batchTotal}, or all three null
 * @param outOfSequence  whether its slip comes out later than its position says
 * @param printer        the printer that its batch prints on; null if the configuration decides
 * @param shipment       once there is one, else null
 * @param attempt        counts from 1 within the step
 * @param outcomeUnknown whether the call may have gone out before, and its answer is not known: the partner is asked
 *                       what happened before anything is sent again
 * @param mayBeUndone    whether a restore of the database may have undone what is known about the order: the partner is
 *                       asked at every step
 * @param failingSince   since when the partner has answered the step with an error, or null
 * @param sendBefore     what {@link System#nanoTime()} is when the worker's lease ends: another worker may have the
 *                       order then, so nothing is sent any more
 * @param traceparent    the span of the attempt; null if it is not traced
 */
public record StepCall(Step step, Partner partner, UUID orderId, String channel, String externalId, Instant placedAt,
        String currency, String total, OrderContent content, UUID batchId, Integer position, Integer batchTotal,
        boolean outOfSequence, String printer, Shipment shipment, int attempt, boolean outcomeUnknown,
        boolean mayBeUndone, Instant failingSince, long sendBefore, String traceparent) {

    /** The same for every attempt at this step of this order, so that its effect happens once. */
    public String idempotencyKey() {
        return orderId + ":" + step.wireName();
    }

    /** The first call for the next step of the same order, which {@code by} carries out. */
    public StepCall next(Step next, Partner by, Shipment made, long sendBefore) {
        return new StepCall(next, by, orderId, channel, externalId, placedAt, currency, total, content, batchId,
                position, batchTotal, outOfSequence, printer, made, 1, false, mayBeUndone, null, sendBefore, null);
    }

    /** The same, to be sent before another moment. */
    public StepCall until(long sendBefore) {
        return new StepCall(step, partner, orderId, channel, externalId, placedAt, currency, total, content, batchId,
                position, batchTotal, outOfSequence, printer, shipment, attempt, outcomeUnknown, mayBeUndone,
                failingSince, sendBefore, traceparent);
    }

    /** The same, in the span of the step. */
    public StepCall tracedBy(String span) {
        if (span == null) {
            return this;
        }
        return new StepCall(step, partner, orderId, channel, externalId, placedAt, currency, total, content, batchId,
                position, batchTotal, outOfSequence, printer, shipment, attempt, outcomeUnknown, mayBeUndone,
                failingSince, sendBefore, span);
    }

    /** Whether the partner has to be asked first. */
    boolean mayHaveBeenCarriedOut() {
        return outcomeUnknown || mayBeUndone;
    }

    Slip slip() {
        return new Slip(orderId, channel, externalId, placedAt, shipTo(), Slip.lines(content.lines()), content.note(),
                batchId == null ? null : new Place(position, batchTotal), outOfSequence);
    }

    /** Where the goods go. */
    public Address shipTo() {
        return content.shipTo();
    }
}
