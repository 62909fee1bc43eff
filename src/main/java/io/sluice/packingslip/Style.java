package io.sluice.packingslip;

/** How text is set; {@code size} in points. */
record Style(float size, boolean bold) {

    static Style plain(float size) {
        return new Style(size, false);
    }

    static Style bold(float size) {
        return new Style(size, true);
    }

    /** From one base line to the next, in points. */
    float leading() {
        return size * 1.3f;
    }

    Style at(float otherSize) {
        return new Style(otherSize, bold);
    }
}
