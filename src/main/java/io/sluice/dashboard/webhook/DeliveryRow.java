package io.sluice.dashboard.webhook;

import java.time.Instant;

import io.sluice.dashboard.Format;
import io.sluice.webhook.DeliveryView;

/** A message of an endpoint. */
record DeliveryRow(DeliveryView delivery) {

    public String label() {
        return switch (delivery.status()) {
            case "DELIVERED" -> "Delivered";
            case "FAILED" -> "Failed";
            default -> delivery.attempts() == 0 ? "Waiting" : "Trying again";
        };
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return switch (delivery.status()) {
            case "DELIVERED" -> "handled";
            case "FAILED" -> "failed";
            default -> "queued";
        };
    }

    /** As the outcome of an attempt, for the colour. */
    public String tone() {
        return switch (delivery.status()) {
            case "DELIVERED" -> "SUCCEEDED";
            case "FAILED" -> "FAILED";
            default -> "DELAYED";
        };
    }

    public String event() {
        return Format.seconds(delivery.eventAt());
    }

    /** The last try, or else the event. */
    public Instant at() {
        return delivery.lastAttemptAt() == null ? delivery.eventAt() : delivery.lastAttemptAt();
    }

    public String last() {
        return Format.seconds(at());
    }

    /** What came of the last try; empty before the first. */
    public String answer() {
        if (delivery.lastError() != null) {
            return delivery.lastError();
        }
        return delivery.lastStatus() == null ? "" : "HTTP " + delivery.lastStatus();
    }
}
