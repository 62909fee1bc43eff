package io.sluice.dashboard.history;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Banner;
import io.sluice.dashboard.Flash;

/** The Qute templates of a single order, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class HistoryPages {
    private HistoryPages() {}

    static native TemplateInstance order(HistoryView history, Flash flash, Banner banner);

    /** The history, for the page and for the panel beside the table. */
    static native TemplateInstance history(HistoryView history);
}
