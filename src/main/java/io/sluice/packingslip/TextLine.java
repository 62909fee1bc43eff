package io.sluice.packingslip;

import java.util.List;

/** A line of text; its runs are ordered from left to right. */
record TextLine(List<TextRun> runs, Style style) {

    /** In points. */
    float width() {
        float width = 0;
        for (TextRun run : runs) {
            width += run.width();
        }
        return width * style.size() / 1000;
    }

    /** The height of lines that stand below each other, in points. */
    static float height(List<TextLine> lines) {
        float height = 0;
        for (TextLine line : lines) {
            height += line.style().leading();
        }
        return height;
    }
}
