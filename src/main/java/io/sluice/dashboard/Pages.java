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
            List<PartnerNotice> partners);

    /** The banner alone, for the live push. */
    static native TemplateInstance partners(List<PartnerNotice> partners);

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
