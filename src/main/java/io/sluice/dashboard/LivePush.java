package io.sluice.dashboard;

/**
 * What is sent to every open page.
 *
 * @param event {@value #ROWS}, {@value #REFRESH} or {@value #COUNTS}
 */
record LivePush(String event, String data) {
    /** Rendered rows of orders that changed. */
    static final String ROWS = "rows";
    /** Fetch the table: sent first, and whenever single rows would be too many or some may have been missed. */
    static final String REFRESH = "refresh";
    /** Open orders by status, as JSON; at least every few seconds, which makes it the heartbeat too. */
    static final String COUNTS = "counts";

    static LivePush refresh() {
        return new LivePush(REFRESH, "table");
    }
}
