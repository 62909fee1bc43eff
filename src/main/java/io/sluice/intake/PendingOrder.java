package io.sluice.intake;

import java.util.List;

import io.sluice.json.InputError;
import io.sluice.order.OrderDraft;

/**
 * One entry of a page, as it was read: an order, a cancellation, or neither.
 *
 * @param channel    null if it is not known
 * @param externalId null if it has none that can be used
 * @param draft      the order; null for a cancellation, and for an order that is not valid
 * @param errors     what is wrong with it; empty if nothing is
 * @param content    as it was fetched, JSON
 */
record PendingOrder(String channel, String externalId, OrderDraft draft, List<InputError> errors, String content) {

    boolean isOrder() {
        return draft != null;
    }

    boolean isCancellation() {
        return draft == null && errors.isEmpty();
    }

    /** The same order, which cannot be accepted for that reason. */
    PendingOrder with(List<InputError> problem) {
        return new PendingOrder(channel, externalId, null, problem, content);
    }
}
