package io.sluice.webhook;

import java.time.Instant;

import io.sluice.store.Rows;
import io.vertx.mutiny.sqlclient.Row;

/**
 * An entry of the delivery log.
 *
 * @param messageId     the header {@code webhook-id}: the id of the event, the same with every try
 * @param subject       the order, batch or partner that it is about
 * @param status        PENDING, DELIVERED or FAILED
 * @param attempts      tries since it was made or last sent again
 * @param nextAttemptAt null while it is being sent
 * @param lastStatus    the HTTP status of the last try, or null
 * @param lastError     why the last try failed, or null
 */
public record DeliveryView(long id, String messageId, String type, String subject, String status, int attempts,
        Instant eventAt, Instant nextAttemptAt, Instant lastAttemptAt, Integer lastStatus, String lastError) {

    /** What {@link #of} reads. */
    static final String COLUMNS = "id, message_id, type, subject, state, attempts, event_at, sending, due_at,"
            + " last_attempt_at, last_status, last_error";

    static DeliveryView of(Row row) {
        return new DeliveryView(row.getLong("id"), row.getString("message_id"), row.getString("type"),
                row.getString("subject"), row.getString("state"), row.getInteger("attempts"),
                Rows.instant(row, "event_at"), row.getBoolean("sending") ? null : Rows.instant(row, "due_at"),
                Rows.instant(row, "last_attempt_at"), row.getInteger("last_status"), row.getString("last_error"));
    }
}
