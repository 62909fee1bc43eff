package io.sluice.webhook;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** The endpoints that a person should look at. */
@ApplicationScoped
public class WebhookTroubles {
    private final WebhookTable webhooks;

    WebhookTroubles(WebhookTable webhooks) {
        this.webhooks = webhooks;
    }

    /**
     * What is wrong with an endpoint.
     *
     * @param site   where it is, without its path
     * @param what   follows "The webhook to …"
     * @param advice what to do
     */
    public record Trouble(String site, String what, Instant since, String advice) {}

    public Uni<List<Trouble>> now() {
        return webhooks.troubled().map(all -> all.stream().map(WebhookTroubles::trouble).toList());
    }

    private static Trouble trouble(Webhook webhook) {
        String site = webhook.url().site();
        if (webhook.disabledAt() == null) {
            return new Trouble(site, "missed events", webhook.missedAt(),
                    "They were removed before they could be sent. Read the orders again, then enable it anew.");
        }
        String why = WebhookTable.GONE.equals(webhook.disabledReason())
                ? "The endpoint answered that it is gone."
                : "The endpoint has answered nothing but errors for days.";
        return new Trouble(site, "is disabled", webhook.disabledAt(), why
                + " New events wait for it. Enable it, or remove it.");
    }
}
