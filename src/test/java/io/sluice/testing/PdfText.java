package io.sluice.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.oned.Code128Reader;
import com.google.zxing.qrcode.QRCodeReader;

/** Reads a PDF with a library that was not used to write it. */
public final class PdfText implements AutoCloseable {
    private static final int DOTS_PER_INCH = 150;
    /** Where many printers cannot print, in points. */
    private static final float MARGIN = 12;

    private final PDDocument document;

    public PdfText(byte[] pdf) {
        try {
            this.document = Loader.loadPDF(pdf);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public int pages() {
        return document.getNumberOfPages();
    }

    /** The text of a page, from top to bottom. Pages are 1-based. */
    public String page(int number) {
        return text(number, true);
    }

    /** The text of a page in the sequence in which it was drawn: columns do not mix. */
    public String asDrawn(int page) {
        return text(page, false);
    }

    private String text(int page, boolean fromTop) {
        try {
            PDFTextStripper text = new PDFTextStripper();
            text.setSortByPosition(fromTop);
            text.setStartPage(page);
            text.setEndPage(page);
            return text.getText(document);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The content of the QR code on a page, read from a rendered image. */
    public String qrCode(int page) {
        try {
            return qrCode(picture(page));
        } catch (ReaderException unlucky) {
            // The reader misses about one code in a hundred at a given resolution, but not at another one.
            try {
                return qrCode(picture(page, 2 * DOTS_PER_INCH));
            } catch (ReaderException broken) {
                throw new AssertionError("No readable QR code on page " + page, broken);
            }
        }
    }

    private static String qrCode(BufferedImage picture) throws ReaderException {
        return new QRCodeReader().decode(bitmap(picture)).getText();
    }

    private static BinaryBitmap bitmap(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return new BinaryBitmap(new HybridBinarizer(
                new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels)));
    }

    /** The content of the Code 128 barcode on a page, read from an image as an office printer prints it. */
    public String barcode(int page) {
        try {
            return new Code128Reader()
                    .decode(bitmap(picture(page, 2 * DOTS_PER_INCH)), Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText();
        } catch (ReaderException broken) {
            throw new AssertionError("No readable barcode on page " + page, broken);
        }
    }

    /** The text of a page that lies outside it or on other text; empty if all can be read. */
    public String illegible(int page) {
        PDRectangle paper = document.getPage(page - 1).getMediaBox();
        List<TextPosition> glyphs = glyphs(page);
        StringBuilder illegible = new StringBuilder();
        for (int i = 0; i < glyphs.size(); i++) {
            TextPosition glyph = glyphs.get(i);
            boolean outside = glyph.getX() < 0 || glyph.getX() + glyph.getWidth() > paper.getWidth()
                    || glyph.getY() < glyph.getFontSizeInPt() || glyph.getY() > paper.getHeight() - MARGIN;
            if (outside || glyphs.subList(0, i).stream().anyMatch(other -> overlap(glyph, other))) {
                illegible.append(glyph.getUnicode());
            }
        }
        return illegible.toString();
    }

    private List<TextPosition> glyphs(int page) {
        List<TextPosition> glyphs = new ArrayList<>();
        try {
            PDFTextStripper collector = new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition glyph) {
                    if (!glyph.getUnicode().isBlank()) {
                        glyphs.add(glyph);
                    }
                }
            };
            collector.setStartPage(page);
            collector.setEndPage(page);
            collector.getText(document);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return glyphs;
    }

    /** Whether two glyphs cover each other by more than the gaps of their boxes. */
    private static boolean overlap(TextPosition one, TextPosition other) {
        float x = Math.min(one.getX() + one.getWidth(), other.getX() + other.getWidth())
                - Math.max(one.getX(), other.getX());
        float capitals = 0.7f * Math.min(one.getFontSizeInPt(), other.getFontSizeInPt());
        return x > 0.3f * Math.min(one.getWidth(), other.getWidth())
                && Math.abs(one.getY() - other.getY()) < capitals;
    }

    /** In points. */
    public float width() {
        return document.getPage(0).getMediaBox().getWidth();
    }

    /** In points. */
    public float height() {
        return document.getPage(0).getMediaBox().getHeight();
    }

    public BufferedImage picture(int page) {
        return picture(page, DOTS_PER_INCH);
    }

    public BufferedImage picture(int page, int dotsPerInch) {
        try {
            return new PDFRenderer(document).renderImageWithDPI(page - 1, dotsPerInch);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The embedded fonts, sorted by name; duplicates are listed. */
    public List<PDFont> fonts() {
        Map<Long, PDFont> byObject = new TreeMap<>();
        try {
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    PDFont font = page.getResources().getFont(name);
                    byObject.put((long) System.identityHashCode(font.getCOSObject()), font);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new ArrayList<>(byObject.values());
    }

    @Override
    public void close() {
        try {
            document.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
