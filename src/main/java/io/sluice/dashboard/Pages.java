package io.sluice.dashboard;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The Qute templates, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class Pages {

    private Pages() {}

    /** The table page: filters, actions and table. */
    static native TemplateInstance orders(TableView table, List<StatusFilter> filters, DemoOrderCounts demo,
            Flash flash,
            List<PartnerNotice> partners, CurrentBatches batches, SelectAllOffer matching, BatchChoices choices);

    /** The batches above the table, for the live push. */
    static native TemplateInstance batches(CurrentBatches batches);

    /** The offer to select all matching orders. */
    static native TemplateInstance matching(SelectAllOffer matching);

    /** The preview of a batch with all matching orders. */
    static native TemplateInstance preview(TableAddress address, int total, String orders, RejectedOrders rejected,
            BatchChoices choices);

    static native TemplateInstance batch(BatchDetails details, Flash flash, List<PartnerNotice> partners);

    /** The live parts of that page. */
    static native TemplateInstance batchDetails(BatchDetails details);

    /** The page with the list of batches. */
    static native TemplateInstance batchList(BatchList list, List<PartnerNotice> partners);

    /** The list of batches without the page. */
    static native TemplateInstance batchTable(BatchList list);

    /** The partner banner, for the live push. */
    static native TemplateInstance partners(List<PartnerNotice> partners);

    /** The table without the page, to catch up. */
    static native TemplateInstance table(TableView table);

    /**
     * Table rows, for the live push.
     *
     * @param checked whether the rows are selected
     */
    static native TemplateInstance rows(List<OrderRow> rows, boolean checked);

    static native TemplateInstance order(HistoryView history, Flash flash, List<PartnerNotice> partners);

    /** The history, for the page and for the panel beside the table. */
    static native TemplateInstance history(HistoryView history);

    /** A page with a message instead of content. */
    static native TemplateInstance notice(String title, String detail);
}
