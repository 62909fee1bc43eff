package io.sluice.packingslip;

import java.util.List;

/** A line of text; its runs are ordered from left to right. */
record TextLine(List<TextRun> runs, Style style) {
    /** For text with marks above and below its letters, for a font size of 1. */
    private static final float SHAPED = 1.45f;
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
            float tallest = Math.max(run.glyphs().isEmpty() ? 0 : SHAPED, USED * run.face().lineHeight());
            leading = Math.max(leading, tallest * style.size());
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
