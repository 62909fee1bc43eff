package io.sluice.packingslip;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.Logger;

/**
 * Finds the glyphs of text whose characters join, stack or change places: Arabic, Devanagari, Thai, accents. Uses the
 * engine of the JDK. Without its font library (a native image, a JRE without {@code libfreetype}), characters are drawn
 * one by one.
 */
final class Shaper {
    private static final Logger LOG = Logger.getLogger(Shaper.class);
    /** Makes positions come in thousandths of the font size. */
    private static final float SIZE = 1000;
    private static final FontRenderContext UNHINTED = new FontRenderContext(new AffineTransform(), false, true);
    private static final int NOTHING = 0xFFFE;

    private final String name;
    private final byte[] file;
    private Font font;
    private boolean tried;

    Shaper(String name, byte[] file) {
        this.name = name;
        this.file = file;
    }

    /**
     * A glyph and its position relative to the start of the baseline, in thousandths of the font size.
     *
     * @param advance the distance to the next glyph
     */
    record Glyph(int id, float x, float y, float advance) {}

    List<Glyph> shape(String text, boolean rightToLeft) {
        Font engine = font();
        if (engine == null) {
            return List.of();
        }
        GlyphVector shaped = engine.layoutGlyphVector(UNHINTED, text.toCharArray(), 0, text.length(),
                rightToLeft ? Font.LAYOUT_RIGHT_TO_LEFT : Font.LAYOUT_LEFT_TO_RIGHT);
        int count = shaped.getNumGlyphs();
        float[] places = shaped.getGlyphPositions(0, count + 1, null);
        List<Glyph> glyphs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (shaped.getGlyphCode(i) < NOTHING) {
                glyphs.add(new Glyph(shaped.getGlyphCode(i), places[2 * i], -places[2 * i + 1],
                        places[2 * i + 2] - places[2 * i]));
            }
        }
        return glyphs;
    }

    private synchronized Font font() {
        if (!tried) {
            tried = true;
            try {
                font = Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(file)).deriveFont(SIZE);
            } catch (IOException | FontFormatException | RuntimeException | LinkageError | InternalError unavailable) {
                LOG.warnf("Text in %s is drawn without shaping: %s", name, unavailable);
            }
        }
        return font;
    }
}
