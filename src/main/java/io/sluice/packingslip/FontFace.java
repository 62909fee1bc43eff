package io.sluice.packingslip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.HeaderTable;
import org.apache.fontbox.ttf.HorizontalMetricsTable;
import org.apache.fontbox.ttf.OS2WindowsMetricsTable;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

import com.lowagie.text.pdf.CFFFontSubset;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfNumber;
import com.lowagie.text.pdf.PdfRectangle;
import com.lowagie.text.pdf.RandomAccessFileOrArray;

/** A font file. Documents embed only the glyphs in use. Widths are in thousandths of the font size. Thread-safe. */
final class FontFace {
    private static final int NO_EMBEDDING = 2;
    private static final int NONSYMBOLIC = 1 << 5;
    private static final int FORCE_BOLD = 1 << 18;
    /** Wanted by the standard, used by no reader. */
    private static final int STEM_WIDTH = 80;

    private final String name;
    private final CmapLookup characters;
    private final HorizontalMetricsTable widths;
    private final HeaderTable head;
    private final OS2WindowsMetricsTable metrics;
    private final float lineHeight;
    /** Null if the font has PostScript outlines. */
    private final TrueTypeSubset outlines;
    /** Null if the font has TrueType outlines. */
    private final byte[] postScript;
    private final Shaper shaper;

    private FontFace(String fileName, byte[] file) throws IOException {
        OpenTypeFont font = new OTFParser().parse(new RandomAccessReadBuffer(file));
        this.name = font.getName();
        this.characters = font.getUnicodeCmapLookup();
        this.widths = font.getHorizontalMetrics();
        this.head = font.getHeader();
        this.metrics = font.getOS2Windows();
        if (metrics.getFsType() == NO_EMBEDDING) {
            throw new IOException("The licence of the font " + fileName + " forbids to embed it");
        }
        this.lineHeight = (float) (font.getHorizontalHeader().getAscender() - font.getHorizontalHeader().getDescender())
                / head.getUnitsPerEm();
        this.outlines = font.isPostScript() ? null : new TrueTypeSubset(font, file);
        this.postScript = font.isPostScript() ? font.getTableBytes(font.getTableMap().get("CFF ")) : null;
        this.shaper = new Shaper(fileName, file);
    }

    /**
     * @param name file name with the extension {@code .ttf} or {@code .otf}
     * @throws UncheckedIOException if the font cannot be read or embedded
     */
    static FontFace of(String name, byte[] file) {
        try {
            return new FontFace(name, file);
        } catch (RuntimeException broken) {
            throw new UncheckedIOException(new IOException("The font " + name + " cannot be used", broken));
        } catch (IOException broken) {
            throw new UncheckedIOException("The font " + name + " cannot be read", broken);
        }
    }

    /** The PostScript name. */
    String name() {
        return name;
    }

    boolean covers(int codePoint) {
        return glyph(codePoint) != 0;
    }

    /** The glyph of a character, 0 if there is none. */
    int glyph(int codePoint) {
        return characters.getGlyphId(codePoint);
    }

    /** The first character that has this glyph, or null. */
    Integer character(int glyph) {
        List<Integer> all = characters.getCharCodes(glyph);
        return all == null ? null : all.get(0);
    }

    /** From the highest to the lowest glyph, for a font size of 1. */
    float lineHeight() {
        return lineHeight;
    }

    /** Width of unshaped text. */
    int width(String text) {
        return text.codePoints().map(c -> width(glyph(c))).sum();
    }

    int width(int glyph) {
        return thousandths(widths.getAdvanceWidth(glyph));
    }

    /** The glyphs of the text, from left to right; empty if text shaping is unavailable. */
    List<Shaper.Glyph> shape(String text, boolean rightToLeft) {
        return shaper.shape(text, rightToLeft);
    }

    boolean isPostScript() {
        return postScript != null;
    }

    /**
     * A font program with these glyphs only. TrueType glyphs are numbered from 0 in this sequence, PostScript glyphs
     * keep their numbers.
     */
    byte[] subset(Collection<Integer> glyphs) {
        return isPostScript() ? postScriptSubset(glyphs) : outlines.of(glyphs);
    }

    private byte[] postScriptSubset(Collection<Integer> glyphs) {
        HashMap<Integer, int[]> used = new HashMap<>();
        glyphs.forEach(glyph -> used.put(glyph, null));
        try {
            CFFFontSubset subset = new CFFFontSubset(new RandomAccessFileOrArray(postScript), used);
            return subset.Process(subset.getNames()[0]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The font descriptor (ISO 32000-1, 9.8) without name and program. */
    PdfDictionary descriptor() {
        PdfDictionary descriptor = new PdfDictionary(PdfName.FONTDESCRIPTOR);
        Map.of(PdfName.ASCENT, thousandths(metrics.getTypoAscender()),
                PdfName.DESCENT, thousandths(metrics.getTypoDescender()),
                PdfName.CAPHEIGHT, thousandths(metrics.getCapHeight()),
                PdfName.ITALICANGLE, 0,
                PdfName.STEMV, STEM_WIDTH,
                PdfName.FLAGS,
                (head.getMacStyle() & HeaderTable.MAC_STYLE_BOLD) == 0 ? NONSYMBOLIC : NONSYMBOLIC | FORCE_BOLD)
                .forEach((key, value) -> descriptor.put(key, new PdfNumber(value)));
        descriptor.put(PdfName.FONTBBOX, new PdfRectangle(thousandths(head.getXMin()), thousandths(head.getYMin()),
                thousandths(head.getXMax()), thousandths(head.getYMax())));
        return descriptor;
    }

    private int thousandths(int units) {
        return units * 1000 / head.getUnitsPerEm();
    }
}
