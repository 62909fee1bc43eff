package io.sluice.webhook;

import java.time.Instant;

import io.sluice.store.Rows;
import io.vertx.mutiny.sqlclient.Row;

/** An entry of the delivery log. */
public record DeliveryView(long id,
        String messageId,
        String type,
        String subject,
        String status,
        int attempts, Instant eventAt,
        Instant nextAttemptAt,
        Instant lastAttemptAt, Integer lastStatus,
        String lastError) {

    static DeliveryView of(Row row) {
        return new DeliveryView(row.getLong("id"), row.getString("message_id"), row.getString("type"),
                row.getString("subject"), row.getString("state"), row.getInteger("attempts"),
                Rows.instant(row, "event_at"), row.getBoolean("sending") ? null : Rows.instant(row, "due_at"),
                Rows.instant(row, "last_attempt_at"), row.getInteger("last_status"), row.getString("last_error"));
    }
}
