package io.sluice.dashboard.batch;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.PartnerNotice;

/** The Qute templates of batches, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
public final class BatchPages {
    private BatchPages() {}

    /** The batches above the table, for the live push. */
    public static native TemplateInstance batches(CurrentBatches batches);

    static native TemplateInstance batch(BatchDetails details, Flash flash, List<PartnerNotice> partners);

    /** The live parts of that page. */
    static native TemplateInstance batchDetails(BatchDetails details);

    /** The page with the list of batches. */
    static native TemplateInstance batchList(BatchList list, List<PartnerNotice> partners);

    /** The list of batches without the page. */
    static native TemplateInstance batchTable(BatchList list);
}
