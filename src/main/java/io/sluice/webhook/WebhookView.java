package io.sluice.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An endpoint, as the API shows it. */
@Schema(name = "Webhook")
public record WebhookView(UUID id, String url,
        @Schema(description = "Empty: all of them", examples = "[\"order.handled\"]") List<String> eventTypes,
        @Schema(description = "Only events of orders of this channel; absent: all events") String channel,
        boolean enabled, Disabled disabled,
        @Schema(description = "Its first failure since its last success; absent while it works") Instant failingSince,
        @Schema(description = "Then events turned out to have been removed before they could be sent") //
        Instant missedEventsAt,
        @Schema(description = "Until then, messages are signed with the previous secret, too") //
        Instant previousSecretUntil,
        @Schema(description = "Shown once, when it is made", examples = "whsec_…") String secret,
        Instant createdAt) {

    /** Why and since when it gets nothing. */
    @Schema(name = "WebhookDisabled")
    public record Disabled(
            @Schema(description = "request (by PATCH), gone (it answered 410) or failing (nothing but errors)") //
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
