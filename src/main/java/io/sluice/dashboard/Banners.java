package io.sluice.dashboard;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.partner.PartnerTable;
import io.sluice.store.WorkerTable;
import io.sluice.webhook.WebhookTroubles;
import io.smallrye.mutiny.Uni;

/** Finds out what the banner has to say. */
@ApplicationScoped
public class Banners {
    private final PartnerTable partners;
    private final WorkerTable workers;
    private final WebhookTroubles webhooks;

    Banners(PartnerTable partners, WorkerTable workers, WebhookTroubles webhooks) {
        this.partners = partners;
        this.workers = workers;
        this.webhooks = webhooks;
    }

    public Uni<Banner> now() {
        return partners.views()
                .chain(views -> workers.state()
                        .chain(state -> webhooks.now()
                                .map(troubles -> new Banner(PartnerNotice.of(views), state,
                                        troubles.stream().map(WebhookNotice::new).toList()))));
    }
}
