package io.sluice.dashboard.webhook;

import java.time.Instant;
import java.util.UUID;

import io.sluice.dashboard.Format;
import io.sluice.webhook.WebhookView;
import io.sluice.webhook.Webhooks;

/** One endpoint, as its page shows it. */
record WebhookSection(Webhooks.Summary summary) {

    public UUID id() {
        return summary.webhook().id();
    }

    public String site() {
        return summary.site();
    }

    /** Which events it gets. */
    public String subtitle() {
        WebhookView webhook = summary.webhook();
        return (webhook.eventTypes().isEmpty() ? "All events" : String.join(", ", webhook.eventTypes()))
                + (webhook.channel() == null ? "" : " of channel " + webhook.channel());
    }

    public boolean enabled() {
        return summary.webhook().enabled();
    }

    public String label() {
        if (enabled()) {
            return summary.webhook().failingSince() == null ? "Enabled" : "Failing";
        }
        return "Disabled";
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return !enabled() ? "failed" : summary.webhook().failingSince() == null ? "handled" : "delayed";
    }

    /** Why it is disabled or since when it fails, as a sentence; null if all is well. */
    public String trouble() {
        WebhookView webhook = summary.webhook();
        if (!enabled()) {
            return switch (webhook.disabled().reason()) {
                case "gone" -> "The endpoint answered that it is gone. New events wait for it.";
                case "failing" -> "The endpoint has answered nothing but errors for days. New events wait for it.";
                default -> "It was disabled on request. New events wait for it.";
            };
        }
        return webhook.failingSince() == null
                ? null
                : "Every message has failed since " + Format.seconds(webhook.failingSince()) + ".";
    }

    /** When events had been removed before they could be sent, or null. */
    public Instant missedAt() {
        return summary.webhook().missedEventsAt();
    }

    public String missed() {
        return Format.seconds(missedAt());
    }

    /** The newest message, or null. */
    public DeliveryRow last() {
        return summary.last() == null ? null : new DeliveryRow(summary.last());
    }

    public long failed() {
        return summary.failed();
    }

    public String failures() {
        return summary.failed() == 1 ? "1 failed message" : Format.number(summary.failed()) + " failed messages";
    }
}
