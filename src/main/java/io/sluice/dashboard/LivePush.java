package io.sluice.dashboard;

/**
 * What is sent to every open page.
 *
 * @param event {@value #ROWS}, {@value #REFRESH}, {@value #COUNTS}, {@value #PARTNERS}, {@value #BATCHES} or
 *              {@value #BATCH}
 */
record LivePush(String event, String data) {
    /** Rendered rows of orders that changed. */
    static final String ROWS = "rows";
    /** Fetch the table: sent first, and whenever single rows would be too many or some may have been missed. */
    static final String REFRESH = "refresh";
    /** Open orders by status, as JSON; at least every few seconds, which makes it the heartbeat too. */
    static final String COUNTS = "counts";
    /** The rendered banner about partners; empty while all is well. */
    static final String PARTNERS = "partners";

    /** The rendered progress of the batches that are not finished, or have just ended. */
    static final String BATCHES = "batches";
    /** The ids of batches that changed, with blanks between them, for pages that show one of them. */
    static final String BATCH = "batch";

    static LivePush refresh() {
        return new LivePush(REFRESH, "table");
    }
}
