package io.sluice.packingslip;

import java.util.List;

/** One line of text, its runs in the sequence in which they stand from left to right. */
record TextLine(List<Run> runs, Style style) {

    /** In points. */
    float width() {
        float width = 0;
        for (Run run : runs) {
            width += run.width();
        }
        return width * style.size() / 1000;
    }
}
