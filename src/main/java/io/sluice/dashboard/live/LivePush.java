package io.sluice.dashboard.live;

/**
 * An event for every open page.
 *
 * @param event {@value #ROWS}, {@value #REFRESH}, {@value #COUNTS}, {@value #PARTNERS}, {@value #BATCHES} or {@value
 *              #BATCH}
 */
record LivePush(String event, String data) {
    /** Rendered rows of changed orders. */
    static final String ROWS = "rows";
    /** Tells pages to fetch their content. Sent first, and whenever too many rows changed or some may be missing. */
    static final String REFRESH = "refresh";
    /** Open orders by status, as JSON. Sent at least every few seconds, so it also serves as the heartbeat. */
    static final String COUNTS = "counts";
    /** The rendered partner banner; empty if all partners are up. */
    static final String PARTNERS = "partners";

    /** The rendered progress of batches that run or ended recently. */
    static final String BATCHES = "batches";
    /** The ids of changed batches, separated by blanks, for pages that show batches. */
    static final String BATCH = "batch";

    static LivePush refresh() {
        return new LivePush(REFRESH, "table");
    }
}
