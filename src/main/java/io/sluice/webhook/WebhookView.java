package io.sluice.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An endpoint, as the API shows it. */
public record WebhookView(UUID id, String url,
        List<String> eventTypes,
        String channel,
        boolean enabled, Disabled disabled,
        Instant failingSince,
        Instant missedEventsAt,
        Instant previousSecretUntil,
        String secret,
        Instant createdAt) {

    /** Why and since when it gets nothing. */
    public record Disabled(
            String reason, Instant since) {}

    static WebhookView of(Webhook webhook) {
        return of(webhook, null);
    }

    static WebhookView withSecret(Webhook webhook) {
        return of(webhook, webhook.secret().reveal());
    }

    private static WebhookView of(Webhook webhook, String secret) {
        return new WebhookView(webhook.id(), webhook.url().toString(),
                webhook.eventTypes().stream().map(EventType::wireName).toList(), webhook.channel(),
                webhook.disabledAt() == null,
                webhook.disabledAt() == null
                        ? null
                        : new Disabled(webhook.disabledReason(), webhook.disabledAt()),
                webhook.failingSince(), webhook.missedAt(), webhook.previousUntil(), secret, webhook.createdAt());
    }
}
