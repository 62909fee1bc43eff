package io.sluice.webhook;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import io.sluice.store.Rows;
import io.vertx.mutiny.sqlclient.Row;

/** An entry of the delivery log. */
@Schema(name = "WebhookDelivery")
public record DeliveryView(long id,
        @Schema(description = "The header webhook-id: the id of the event, the same with every try") String messageId,
        @Schema(examples = "order.handled") String type,
        @Schema(description = "The order, batch or partner that it is about") String subject,
        @Schema(description = "PENDING, DELIVERED or FAILED") String status,
        @Schema(description = "Tries since it was made or last replayed") int attempts, Instant eventAt,
        @Schema(description = "The next try; absent while it is being sent") Instant nextAttemptAt,
        Instant lastAttemptAt, @Schema(description = "The HTTP status of the last try") Integer lastStatus,
        @Schema(description = "Why the last try failed") String lastError) {

    static DeliveryView of(Row row) {
        return new DeliveryView(row.getLong("id"), row.getString("message_id"), row.getString("type"),
                row.getString("subject"), row.getString("state"), row.getInteger("attempts"),
                Rows.instant(row, "event_at"), row.getBoolean("sending") ? null : Rows.instant(row, "due_at"),
                Rows.instant(row, "last_attempt_at"), row.getInteger("last_status"), row.getString("last_error"));
    }
}
