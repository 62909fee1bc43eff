package io.sluice.packingslip;

import java.io.OutputStream;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.PageSize;
import com.lowagie.text.pdf.PdfWriter;

/**
 * A PDF that grows sheet by sheet: each page is written as soon as it is drawn, the fonts once, when it is closed. Not
 * for use by several threads at a time.
 */
public final class SlipFile implements AutoCloseable {
    private final Typesetter typesetter;
    private final Sender sender;
    private final Document document;
    private final PdfWriter writer;

    SlipFile(Typesetter typesetter, Sender sender, OutputStream out, String title) {
        this.typesetter = typesetter;
        this.sender = sender;
        this.document = new Document(PageSize.A4);
        try {
            this.writer = PdfWriter.getInstance(document, out);
        } catch (DocumentException impossible) {
            throw new IllegalStateException(impossible);
        }
        document.addTitle(title);
        document.addCreator("Sluice");
        document.open();
    }

    /** Draws a sheet, on a page of its own or several. */
    public void add(Sheet sheet) {
        Drawing drawing = drawing(sheet);
        for (int page = 1; page <= drawing.pages(); page++) {
            document.newPage();
            drawing.draw(new Canvas(writer.getDirectContent()), page);
        }
    }

    private Drawing drawing(Sheet sheet) {
        if (sheet instanceof Slip slip) {
            return new SlipDrawing(typesetter, sender, slip);
        }
        return new MarkerDrawing(typesetter, sender, (Marker) sheet);
    }

    /** Ends the file; it must hold a sheet by then. */
    @Override
    public void close() {
        document.close();
    }
}
