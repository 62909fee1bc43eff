package io.sluice.packingslip;

/** A document laid out on pages. */
interface PageDrawing {

    int pages();

    /** @param page 1-based */
    void draw(Canvas canvas, int page);
}
