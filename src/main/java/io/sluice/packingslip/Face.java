package io.sluice.packingslip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.lowagie.text.pdf.BaseFont;

/** One font file: embedded in a document with just the glyphs that it shows. Safe for use by many threads. */
final class Face {
    private final BaseFont font;
    private final Shaper shaper;

    private Face(BaseFont font, Shaper shaper) {
        this.font = font;
        this.shaper = shaper;
    }

    /**
     * @param name with the ending of its kind, {@code .ttf} or {@code .otf}
     * @throws UncheckedIOException if this is no font that can be embedded
     */
    static Face of(String name, byte[] file) {
        try {
            return new Face(BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, file, null),
                    new Shaper(name, file));
        } catch (RuntimeException broken) {
            throw new UncheckedIOException(new IOException("The font " + name + " cannot be used", broken));
        } catch (IOException broken) {
            throw new UncheckedIOException("The font " + name + " cannot be read", broken);
        }
    }

    BaseFont font() {
        return font;
    }

    boolean covers(int codePoint) {
        return font.charExists(codePoint);
    }

    /** Width in thousandths of the font size, every character for itself. */
    float width(String text) {
        return font.getWidth(text);
    }

    /** The glyphs that show the text, in the sequence in which they stand; empty if this machine cannot shape text. */
    List<Shaper.Glyph> shape(String text, boolean rightToLeft) {
        return shaper.shape(text, rightToLeft);
    }
}
