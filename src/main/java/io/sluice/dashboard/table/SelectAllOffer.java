package io.sluice.dashboard.table;

import io.sluice.dashboard.Format;

/**
 * The offer to select all matching orders, not only this page.
 *
 * @param onPage   the number of selected rows on this page
 * @param total    the number of orders that can be selected on all pages
 * @param retried  how many of these have failed before
 * @param selected whether all of them are selected
 */
record SelectAllOffer(TableAddress address, int onPage, int total, int retried, boolean selected) {
    /** No selection, no offer. */
    static final SelectAllOffer NONE = new SelectAllOffer(null, 0, 0, 0, false);

    /** Whether other pages have more orders. */
    public boolean more() {
        return total > onPage;
    }

    /** That some have failed, as the end of a sentence; empty if none has. */
    public String failedText() {
        return retried == 0 ? "" : ", " + Format.number(retried) + " of them failed before";
    }

    public String totalText() {
        return Format.number(total);
    }
}
