package io.sluice.dashboard;

import java.util.List;

/** What stands at the top of every page while something is not as it should be. */
public record Banner(List<PartnerNotice> partners, boolean noWorker, List<WebhookNotice> webhooks) {

    public boolean visible() {
        return noWorker || !partners.isEmpty() || !webhooks.isEmpty();
    }
}
