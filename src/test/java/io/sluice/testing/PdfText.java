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
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;

/** Reads a PDF with a library that was not used to write it. */
public final class PdfText implements AutoCloseable {
    private static final int DOTS_PER_INCH = 150;

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
        try {
            PDFTextStripper text = new PDFTextStripper();
            text.setSortByPosition(true);
            text.setStartPage(number);
            text.setEndPage(number);
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
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(
                new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels)))).getText();
    }

    public BufferedImage picture(int page) {
        return picture(page, DOTS_PER_INCH);
    }

    private BufferedImage picture(int page, int dotsPerInch) {
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
