package io.sluice.dashboard;

import java.time.Instant;

import io.sluice.webhook.WebhookTroubles;

/** The banner line of a webhook that is disabled, or that has missed events. */
public record WebhookNotice(WebhookTroubles.Trouble trouble) {

    public String site() {
        return trouble.site();
    }

    public String what() {
        return trouble.what();
    }

    public Instant sinceAt() {
        return trouble.since();
    }

    public String since() {
        return Format.minutes(trouble.since());
    }

    public String advice() {
        return trouble.advice();
    }
}
