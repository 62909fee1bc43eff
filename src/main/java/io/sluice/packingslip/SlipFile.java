package io.sluice.packingslip;

import java.io.OutputStream;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Rectangle;

/** A PDF that is written sheet by sheet. Pages are written as they are drawn, fonts on close. Not thread-safe. */
public final class SlipFile implements AutoCloseable {
    private final PressSetup setup;
    private final Document document;
    private final SlipWriter writer;

    SlipFile(PressSetup setup, OutputStream out, String title) {
        this.setup = setup;
        this.document = new Document(new Rectangle(setup.paper().width(), setup.paper().height()));
        try {
            this.writer = SlipWriter.of(document, out);
        } catch (DocumentException impossible) {
            throw new IllegalStateException(impossible);
        }
        document.addTitle(title);
        document.addCreator("Sluice");
        document.open();
    }

    /** Adds a sheet, which may span pages. */
    public void add(Sheet sheet) {
        PageDrawing drawing = drawing(sheet);
        for (int page = 1; page <= drawing.pages(); page++) {
            document.newPage();
            drawing.draw(new Canvas(writer.getDirectContent(), writer.fonts(), setup.paper().height()), page);
        }
    }

    private PageDrawing drawing(Sheet sheet) {
        if (sheet instanceof Slip slip) {
            return new SlipDrawing(setup, slip);
        }
        return new MarkerDrawing(setup, (MarkerSheet) sheet);
    }

    /** Closes the file. It must contain at least one sheet. */
    @Override
    public void close() {
        writer.writeFonts();
        document.close();
    }
}
