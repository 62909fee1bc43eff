package io.sluice.dashboard.webhook;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Flash;

/** The Qute templates of webhooks, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class WebhookPages {
    private WebhookPages() {}

    static native TemplateInstance webhookList(List<WebhookSection> webhooks, Flash flash);

    static native TemplateInstance webhook(WebhookSection one, List<DeliveryRow> deliveries, String nextCursor,
            Flash flash);
}
