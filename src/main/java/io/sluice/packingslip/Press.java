package io.sluice.packingslip;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Draws sheets with the fonts and the sender that it was set up with. Safe for use by many threads. */
public final class Press {
    private final Typesetter typesetter;
    private final Sender sender;

    /**
     * @param ownFonts a folder of fonts that come before the built-in substitutes, or null
     * @throws java.io.UncheckedIOException if that folder cannot be read
     */
    public Press(Sender sender, Path ownFonts) {
        this.typesetter = new Typesetter(Fonts.load(ownFonts));
        this.sender = sender;
    }

    /** A PDF of this sheet alone. */
    public byte[] pdf(Sheet sheet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SlipFile file = open(bytes, "Packing slip " + sheet.orderNumber())) {
            file.add(sheet);
        }
        return bytes.toByteArray();
    }

    /** A PDF for many sheets, written to {@code out} while they are added. */
    public SlipFile open(OutputStream out, String title) {
        return new SlipFile(typesetter, sender, out, title);
    }
}
