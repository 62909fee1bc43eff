package io.sluice.intake;

/**
 * What became of the orders of a page, or of an import.
 *
 * @param created   stored
 * @param known     stored before
 * @param cancelled cancelled because the marketplace had cancelled them
 * @param problems  kept with their problem
 */
public record PageCounts(int created, int known, int cancelled, int problems) {
    static final PageCounts NONE = new PageCounts(0, 0, 0, 0);
}
