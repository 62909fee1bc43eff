package io.sluice.packingslip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.lowagie.text.pdf.BaseFont;

/** A font file. Documents embed only the glyphs in use. Thread-safe. */
final class FontFace {
    private final BaseFont font;
    private final Shaper shaper;
    private final float lineHeight;

    private FontFace(BaseFont font, Shaper shaper) {
        this.font = font;
        this.shaper = shaper;
        this.lineHeight = (font.getFontDescriptor(BaseFont.AWT_ASCENT, 1000)
                - font.getFontDescriptor(BaseFont.AWT_DESCENT, 1000)) / 1000;
    }

    /**
     * @param name file name with the extension {@code .ttf} or {@code .otf}
     * @throws UncheckedIOException if the font cannot be read or embedded
     */
    static FontFace of(String name, byte[] file) {
        try {
            return new FontFace(BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, file, null),
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

    /** From the highest to the lowest glyph, for a font size of 1. */
    float lineHeight() {
        return lineHeight;
    }

    /** Width of unshaped text, in thousandths of the font size. */
    float width(String text) {
        return font.getWidth(text);
    }

    /** The glyphs of the text, from left to right; empty if text shaping is unavailable. */
    List<Shaper.Glyph> shape(String text, boolean rightToLeft) {
        return shaper.shape(text, rightToLeft);
    }
}
