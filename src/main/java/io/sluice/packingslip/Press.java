package io.sluice.packingslip;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Draws sheets with a fixed sender and fixed fonts. Thread-safe. */
public final class Press {
    private final Typesetter typesetter;
    private final Sender sender;

    /**
     * @param ownFonts a folder of fonts used before the built-in fallbacks, or null
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public Press(Sender sender, Path ownFonts) {
        this.typesetter = new Typesetter(Fonts.load(ownFonts));
        this.sender = sender;
    }

    /** Draws one sheet as a PDF. */
    public byte[] pdf(Sheet sheet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SlipFile file = open(bytes, "Packing slip " + sheet.orderNumber())) {
            file.add(sheet);
        }
        return bytes.toByteArray();
    }

    /** Opens a PDF for many sheets. Each sheet is written to {@code out} as it is added. */
    public SlipFile open(OutputStream out, String title) {
        return new SlipFile(typesetter, sender, out, title);
    }
}
