package io.sluice.packingslip;

import java.util.List;

/**
 * A run of text in one font and one direction.
 *
 * @param glyphs the shaped glyphs; empty if the text needs no shaping
 * @param width  in thousandths of the font size
 */
record TextRun(FontFace face, String text, List<Shaper.Glyph> glyphs, float width) {
    static TextRun plain(FontFace face, String text) {
        return new TextRun(face, text, List.of(), face.width(text));
    }

    /** Shapes the text. Without text shaping, right-to-left characters are reversed instead. */
    static TextRun shaped(FontFace face, String text, boolean rightToLeft) {
        List<Shaper.Glyph> glyphs = face.shape(text, rightToLeft);
        if (glyphs.isEmpty()) {
            return plain(face, rightToLeft ? new StringBuilder(text).reverse().toString() : text);
        }
        Shaper.Glyph last = glyphs.get(glyphs.size() - 1);
        return new TextRun(face, text, glyphs, last.x() + last.advance());
    }
}
