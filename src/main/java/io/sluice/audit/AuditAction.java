package io.sluice.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What was done. The word before the dot says what the subject is: an order, a batch, a partner and so on. */
public enum AuditAction {
    /** An order was queued again, or the carrier was asked again to void its shipment. */
    ORDER_RETRY, ORDER_CANCEL, ORDER_CORRECT,
    /** The person was removed from an order. */
    ORDER_ERASE, BATCH_CREATE, BATCH_ABORT, BATCH_RETRY, PARTNER_PAUSE, PARTNER_RESUME,
    /** Orders of a marketplace were fetched on request. */
    IMPORT_START,
    /** A fetched order with a problem was fetched once more. */
    IMPORT_RETRY, IMPORT_DISMISS, WEBHOOK_CREATE, WEBHOOK_CHANGE, WEBHOOK_DELETE, WEBHOOK_ROTATE, WEBHOOK_ENABLE, WEBHOOK_DISABLE, WEBHOOK_REPLAY, WEBHOOK_TEST, KEY_CREATE, KEY_REVOKE, PERSON_EXPORT, PERSON_ERASE, DEMO_CREATE;

    /** As it is stored and shown, such as {@code order.retry}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    public static Optional<AuditAction> of(String id) {
        return Arrays.stream(values()).filter(action -> action.id().equals(id)).findFirst();
    }
}
