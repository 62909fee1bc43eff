package io.sluice.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An endpoint, as the API shows it. What does not apply is null.
 *
 * @param eventTypes          empty for all
 * @param channel             only events of orders of this channel
 * @param failingSince        its first failure since its last success
 * @param missedEventsAt      then events turned out to have been removed before they could be sent
 * @param previousSecretUntil until then, messages are signed with the previous secret, too
 * @param secret              shown once, when it is made
 */
public record WebhookView(UUID id, String url, List<String> eventTypes, String channel, boolean enabled,
        Disabled disabled, Instant failingSince, Instant missedEventsAt, Instant previousSecretUntil, String secret,
        Instant createdAt) {

    /**
     * Why and since when it gets nothing.
     *
     * @param reason {@code request} (by PATCH), {@code gone} (it answered 410) or {@code failing} (nothing but errors)
     */
    public record Disabled(String reason, Instant since) {}

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
