package io.sluice.dashboard;

import java.util.List;

import io.sluice.store.WorkersState;

/** What stands at the top of every page while something is not as it should be. */
public record Banner(List<PartnerNotice> partners, WorkersState workers, List<WebhookNotice> webhooks) {

    public boolean noWorker() {
        return workers == WorkersState.ABSENT;
    }

    public boolean nothingReceived() {
        return workers == WorkersState.DISCONNECTED;
    }

    public boolean visible() {
        return workers != WorkersState.RECEIVING || !partners.isEmpty() || !webhooks.isEmpty();
    }
}
