package io.sluice.dashboard;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.partner.PartnerTable;
import io.sluice.store.WorkerTable;
import io.smallrye.mutiny.Uni;

/** Finds out what the banner has to say. */
@ApplicationScoped
public class Banners {
    private final PartnerTable partners;
    private final WorkerTable workers;

    Banners(PartnerTable partners, WorkerTable workers) {
        this.partners = partners;
        this.workers = workers;
    }

    public Uni<Banner> now() {
        return partners.views()
                .chain(views -> workers.anyLives().map(lives -> new Banner(PartnerNotice.of(views), !lives)));
    }
}
