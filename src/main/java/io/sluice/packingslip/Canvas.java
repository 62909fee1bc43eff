package io.sluice.packingslip;

import java.awt.Color;
import java.util.List;

import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfString;

/** A drawable page. Lengths are in points; {@code y} grows downwards from the top. */
final class Canvas {
    static final Color INK = Color.BLACK;
    static final Color FAINT = new Color(0x59, 0x59, 0x59);
    static final Color RULE = new Color(0xA0, 0xA0, 0xA0);
    static final Color PAPER = Color.WHITE;

    private final PdfContentByte content;
    private final FileFonts fonts;
    /** Of the page. */
    private final float height;

    Canvas(PdfContentByte content, FileFonts fonts, float height) {
        this.content = content;
        this.fonts = fonts;
        this.height = height;
    }

    /** Draws text that starts at {@code x}; {@code y} is its baseline. */
    void text(TextLine line, float x, float y, Color color) {
        float at = x;
        content.setColorFill(color);
        for (TextRun run : line.runs()) {
            draw(run, line.style(), at, height - y);
            at += run.width() * line.style().size() / 1000;
        }
    }

    /** Draws lines below each other, and returns the baseline of the next one. */
    float text(List<TextLine> lines, float x, float firstBase, Color color) {
        float base = firstBase;
        for (TextLine line : lines) {
            text(line, x, base, color);
            base += line.leading();
        }
        return base;
    }

    /** Draws text that ends at {@code right}. */
    void textTo(TextLine line, float right, float y, Color color) {
        text(line, right - line.width(), y, color);
    }

    void rule(float from, float to, float y, float thickness) {
        content.setLineWidth(thickness);
        content.setColorStroke(RULE);
        content.moveTo(from, height - y);
        content.lineTo(to, height - y);
        content.stroke();
    }

    void fill(float x, float y, float width, float thickness, Color color) {
        content.setColorFill(color);
        content.rectangle(x, height - y - thickness, width, thickness);
        content.fill();
    }

    /** Draws a QR code as a square of {@code size} points. */
    void qrCode(QrCode code, float x, float y, float size) {
        float module = size / code.modules();
        content.saveState();
        content.concatCTM(module, 0, 0, -module, x, height - y);
        content.setColorFill(INK);
        code.eachBar((column, row, length) -> content.rectangle(column, row, length, 1));
        content.fill();
        content.restoreState();
    }

    /**
     * Draws a barcode.
     *
     * @param module the width of its thinnest bar
     * @param length of its bars
     */
    void barcode(Barcode code, float x, float y, float module, float length) {
        content.saveState();
        content.concatCTM(module, 0, 0, -length, x, height - y);
        content.setColorFill(INK);
        code.eachBar((from, width) -> content.rectangle(from, 0, width, 1));
        content.fill();
        content.restoreState();
    }

    private void draw(TextRun run, Style style, float x, float base) {
        EmbeddedFont font = fonts.embedded(run.face());
        if (run.glyphs().isEmpty()) {
            beginText(font, style);
            StringBuilder codes = new StringBuilder();
            run.text().codePoints().forEach(c -> codes.append(font.codeOf(c)));
            show(codes.toString(), x, base);
            content.endText();
        } else {
            glyphs(run, font, style, x, base);
        }
    }

    /** Draws glyphs together with their text, so that the PDF can be searched and copied. */
    private void glyphs(TextRun run, EmbeddedFont font, Style style, float x, float base) {
        PdfDictionary text = new PdfDictionary();
        text.put(PdfName.ACTUALTEXT, new PdfString(run.text(), PdfString.TEXT_UNICODE));
        content.beginMarkedContentSequence(PdfName.SPAN, text, true);
        beginText(font, style);
        float scale = style.size() / 1000;
        for (Shaper.Glyph glyph : run.glyphs()) {
            show(font.codeOfGlyph(glyph.id()), x + glyph.x() * scale, base + glyph.y() * scale);
        }
        content.endText();
        content.endMarkedContentSequence();
    }

    private void beginText(EmbeddedFont font, Style style) {
        content.beginText();
        content.getInternalBuffer()
                .append(font.name().getBytes())
                .append(' ')
                .append(style.size())
                .append(" Tf\n");
    }

    private void show(String codes, float x, float base) {
        content.setTextMatrix(x, base);
        content.getInternalBuffer().append('<').append(codes).append(">Tj\n");
    }
}
