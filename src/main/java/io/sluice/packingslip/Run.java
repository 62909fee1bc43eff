package io.sluice.packingslip;

import java.util.List;

/**
 * A stretch of text in one font and one direction.
 *
 * @param face   null if no font has these characters: a box is drawn
 * @param glyphs if the text had to be shaped, else empty
 * @param width  in thousandths of the font size
 */
record Run(Face face, String text, List<Shaper.Glyph> glyphs, float width) {
    private static final float BOX = 620;

    static Run missing(String text) {
        return new Run(null, text, List.of(), BOX);
    }

    static Run plain(Face face, String text) {
        return new Run(face, text, List.of(), face.width(text));
    }

    /** Falls back to reversed characters where nothing can shape them. */
    static Run shaped(Face face, String text, boolean rightToLeft) {
        List<Shaper.Glyph> glyphs = face.shape(text, rightToLeft);
        if (glyphs.isEmpty()) {
            return plain(face, rightToLeft ? new StringBuilder(text).reverse().toString() : text);
        }
        Shaper.Glyph last = glyphs.get(glyphs.size() - 1);
        return new Run(face, text, glyphs, last.x() + last.advance());
    }
}
