package io.sluice.dashboard.worker;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Banner;

/** The Qute templates of workers, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class WorkerPages {
    private WorkerPages() {}

    /** The page with the list of workers. */
    static native TemplateInstance workerList(List<WorkerRow> workers, Banner banner);

    /** The list of workers without the page. */
    static native TemplateInstance workerTable(List<WorkerRow> workers);
}
