package io.sluice.dashboard;

/**
 * The offer to select more than the page: as mail programs have it.
 *
 * @param onPage   how many rows of the page are selected
 * @param total    how many orders on all pages can be
 * @param selected whether they are
 */
record MatchingLine(TableAddress address, int onPage, int total, boolean selected) {
    /** Nothing is selected, so nothing is offered. */
    static final MatchingLine NONE = new MatchingLine(null, 0, 0, false);

    /** Whether there is anything to offer. */
    public boolean more() {
        return total > onPage;
    }

    public String totalInWords() {
        return Words.number(total);
    }
}
