package io.sluice.dashboard.table;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Banner;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.OrderRow;
import io.sluice.dashboard.batch.BatchChoices;
import io.sluice.dashboard.batch.CurrentBatches;
import io.sluice.dashboard.batch.RejectedOrders;

/** The Qute templates of the order table, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
public final class TablePages {
    private TablePages() {}

    /** The table page: filters, actions and table. */
    static native TemplateInstance orders(TableView table, List<StatusFilter> filters, DemoOrderCounts demo,
            Flash flash,
            Banner banner, CurrentBatches batches, SelectAllOffer matching, BatchChoices choices);

    /** The offer to select all matching orders. */
    static native TemplateInstance matching(SelectAllOffer matching);

    /**
     * The preview of a batch with all matching orders.
     *
     * @param retried how many of them have failed before
     */
    static native TemplateInstance preview(TableAddress address, int total, String orders, int retried,
            String retriedOrders,
            RejectedOrders rejected, BatchChoices choices);

    /** The table without the page, to catch up. */
    static native TemplateInstance table(TableView table);

    /**
     * Table rows, for the live push.
     *
     * @param checked whether the rows are selected
     */
    public static native TemplateInstance rows(List<OrderRow> rows, boolean checked);
}
