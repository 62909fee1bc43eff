package io.sluice.dashboard;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class Pages {

    private Pages() {}

    /** The whole page: filters, actions and table. */
    static native TemplateInstance orders(TableView table, List<StatusFilter> filters, DemoChoice demo, Flash flash,
            List<PartnerNotice> partners, BatchStrip batches, MatchingLine matching, BatchChoices choices);

    /** The progress of batches alone, for the live push. */
    static native TemplateInstance batches(BatchStrip batches);

    /** The line that offers to select all that match. */
    static native TemplateInstance matching(MatchingLine matching);

    /** What handing over all that match would mean. */
    static native TemplateInstance preview(TableAddress address, int total, String orders, Refusals refusals,
            BatchChoices choices);

    /** The page of one batch. */
    static native TemplateInstance batch(BatchDetails details, Flash flash, List<PartnerNotice> partners);

    /** What changes of that page. */
    static native TemplateInstance batchDetails(BatchDetails details);

    /** The list of batches as a page. */
    static native TemplateInstance batchList(BatchList list, List<PartnerNotice> partners);

    /** The list alone. */
    static native TemplateInstance batchTable(BatchList list);

    /** The banner alone, for the live push. */
    static native TemplateInstance partners(List<PartnerNotice> partners);

    /** The list of partners as a page. */
    static native TemplateInstance partnerList(List<PartnerRow> partners, Flash flash);

    /** The list alone. */
    static native TemplateInstance partnerTable(List<PartnerRow> partners);

    /** The table alone, for catching up. */
    static native TemplateInstance table(TableView table);

    /** Rows alone, for the live push; {@code checked} when they come selected. */
    static native TemplateInstance rows(List<OrderRow> rows, boolean checked);

    /** The page of one order. */
    static native TemplateInstance order(HistoryView history, Flash flash, List<PartnerNotice> partners);

    /** What that page shows, for the panel beside the table. */
    static native TemplateInstance history(HistoryView history);

    /** A page that says why there is no other. */
    static native TemplateInstance notice(String title, String detail);
}
