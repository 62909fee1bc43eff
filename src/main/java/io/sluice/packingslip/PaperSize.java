package io.sluice.packingslip;

/** The paper that slips are printed on, upright. Lengths are in points. */
public enum PaperSize {
    /** The window is that of a DL or C5/6 envelope (DIN 5008, form B). */
    A4(595.28f, 841.89f, "iso_a4_210x297mm", 62.4f, new Window(137.6f, 161.6f, 92, 255.2f)),

    /** US Letter. The window is that of a #10 envelope, for a sheet that is folded into three. */
    LETTER(612, 792, "na_letter_8.5x11in", 66, new Window(172, 190, 54, 264));

    private static final float RIGHT_MARGIN = 45;

    private final float width;
    private final float height;
    private final String media;
    private final float left;
    private final Window window;

    PaperSize(float width, float height, String media, float left, Window window) {
        this.width = width;
        this.height = height;
        this.media = media;
        this.left = left;
        this.window = window;
    }

    /**
     * Where the window of an envelope shows the recipient. Lengths are from the top of the page.
     *
     * @param senderBase    baseline of the sender's line in small print; a second one below it still fits
     * @param addressBase   baseline of the first line of the address
     * @param addressHeight how high the address may be
     * @param bottom        where the table of order lines may start
     */
    record Window(float senderBase, float addressBase, float addressHeight, float bottom) {}

    /** The name by which printers know this size (PWG 5101.1). */
    public String media() {
        return media;
    }

    float width() {
        return width;
    }

    float height() {
        return height;
    }

    /** The left edge of what is printed. */
    float left() {
        return left;
    }

    /** The right edge of what is printed. */
    float right() {
        return width - RIGHT_MARGIN;
    }

    Window window() {
        return window;
    }
}
