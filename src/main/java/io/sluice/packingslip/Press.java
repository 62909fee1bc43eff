package io.sluice.packingslip;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneId;

/** Draws sheets with a fixed sender, paper, time zone and fonts. Thread-safe. */
public final class Press {
    private final PressSetup setup;

    /**
     * @param timeZone in which dates are printed
     * @param ownFonts a folder of fonts used before the built-in fallbacks, or null
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public Press(Sender sender, PaperSize paper, ZoneId timeZone, Path ownFonts) {
        this.setup = new PressSetup(new Typesetter(Fonts.load(ownFonts)), sender, paper, timeZone);
    }

    /** Whether name and address of the sender fit above an address. */
    boolean hasRoomForSender() {
        return AddressBlock.hasRoomFor(setup.sender(), setup.typesetter());
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
        return new SlipFile(setup, out, title);
    }
}
