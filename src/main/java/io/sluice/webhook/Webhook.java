package io.sluice.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * An endpoint.
 *
 * @param eventTypes     which events it gets; empty for all
 * @param channel        of whose orders it gets events; null for all
 * @param previousSecret signs, too, until {@code previousUntil}; or null
 * @param failingSince   its first failure since its last success, or null
 * @param disabledReason null while it is enabled
 * @param missedAt       when events turned out to have been removed before they were sent, or null
 */
record Webhook(UUID id, WebhookUrl url, Set<EventType> eventTypes, String channel, SigningSecret secret,
        SigningSecret previousSecret, Instant previousUntil, Instant failingSince, Instant disabledAt,
        String disabledReason, Instant missedAt, Instant createdAt) {

    /** The value of {@code webhook-signature}: one signature, two while the secret is being changed. */
    String signatures(String messageId, Instant now, String body) {
        List<String> signatures = new ArrayList<>();
        signatures.add(secret.sign(messageId, now.getEpochSecond(), body));
        if (previousSecret != null && now.isBefore(previousUntil)) {
            signatures.add(previousSecret.sign(messageId, now.getEpochSecond(), body));
        }
        return String.join(" ", signatures);
    }
}
