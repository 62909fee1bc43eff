package io.sluice.packingslip;

/** Something that is laid out on pages. */
interface Drawing {

    int pages();

    /** @param page from 1 */
    void draw(Canvas canvas, int page);
}
