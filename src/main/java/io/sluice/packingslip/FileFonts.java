package io.sluice.packingslip;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfWriter;

/** The fonts of a PDF file, shared by its pages. Not thread-safe. */
final class FileFonts {
    private final PdfWriter writer;
    private final Map<FontFace, EmbeddedFont> fonts = new LinkedHashMap<>();

    FileFonts(PdfWriter writer) {
        this.writer = writer;
    }

    EmbeddedFont embedded(FontFace face) {
        return fonts.computeIfAbsent(face,
                added -> new EmbeddedFont(face, new PdfName("F" + (fonts.size() + 1)),
                        writer.getPdfIndirectReference()));
    }

    /** The {@code Font} resources of a page (ISO 32000-1, 7.8.3). */
    PdfDictionary resources() {
        PdfDictionary resources = new PdfDictionary();
        fonts.values().forEach(font -> resources.put(font.name(), font.reference()));
        return resources;
    }

    /** Writes all fonts. None may be used afterwards. */
    void write() throws IOException {
        for (EmbeddedFont font : fonts.values()) {
            font.write(writer);
        }
    }
}
