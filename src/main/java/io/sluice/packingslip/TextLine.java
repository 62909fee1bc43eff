package io.sluice.packingslip;

import java.util.List;

/** A line of text; its runs are ordered from left to right. */
record TextLine(List<TextRun> runs, Style style) {
    /** Of the height of a font. The rest is room that hardly any glyph needs. */
    private static final float USED = 0.8f;

    /** In points. */
    float width() {
        float width = 0;
        for (TextRun run : runs) {
            width += run.width();
        }
        return width * style.size() / 1000;
    }

    /** The distance to the next baseline, in points: that of the style, unless the script is a tall one. */
    float leading() {
        float leading = style.leading();
        for (TextRun run : runs) {
            leading = Math.max(leading, USED * run.face().lineHeight() * style.size());
        }
        return leading;
    }

    /** The height of lines that stand below each other, in points. */
    static float height(List<TextLine> lines) {
        float height = 0;
        for (TextLine line : lines) {
            height += line.leading();
        }
        return height;
    }
}
