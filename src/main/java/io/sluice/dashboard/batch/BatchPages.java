package io.sluice.dashboard.batch;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Banner;
import io.sluice.dashboard.Flash;

/** The Qute templates of batches, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
public final class BatchPages {
    private BatchPages() {}

    /** The batches above the table, for the live push. */
    public static native TemplateInstance batches(CurrentBatches batches);

    static native TemplateInstance batch(BatchDetails details, Flash flash, Banner banner);

    /** The live parts of that page. */
    static native TemplateInstance batchDetails(BatchDetails details);

    /** The page with the list of batches. */
    static native TemplateInstance batchList(BatchList list, Banner banner);

    /** The list of batches without the page. */
    static native TemplateInstance batchTable(BatchList list);
}
