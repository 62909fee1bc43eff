package io.sluice.packingslip;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.pdf.PdfDocument;
import com.lowagie.text.pdf.PdfIndirectObject;
import com.lowagie.text.pdf.PdfIndirectReference;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfObject;
import com.lowagie.text.pdf.PdfPage;
import com.lowagie.text.pdf.PdfWriter;

/** Writes a PDF whose pages use {@link FileFonts} instead of the fonts of OpenPDF, which are larger and slow to make. */
final class SlipWriter extends PdfWriter {
    private final FileFonts fonts = new FileFonts(this);

    private SlipWriter(PdfDocument pdf, OutputStream out) {
        super(pdf, out);
        setCompressionLevel(Deflater.BEST_SPEED);
    }

    static SlipWriter of(Document document, OutputStream out) throws DocumentException {
        PdfDocument pdf = new PdfDocument();
        document.addDocListener(pdf);
        SlipWriter writer = new SlipWriter(pdf, out);
        pdf.addWriter(writer);
        return writer;
    }

    FileFonts fonts() {
        return fonts;
    }

    void writeFonts() {
        try {
            fonts.write();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public PdfIndirectObject addToBody(PdfObject object, PdfIndirectReference reference) throws IOException {
        if (object instanceof PdfPage page) {
            page.getAsDict(PdfName.RESOURCES).put(PdfName.FONT, fonts.resources());
        }
        return super.addToBody(object, reference);
    }
}
