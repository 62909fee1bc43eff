package io.sluice.packingslip;

/** A text style; {@code size} in points. */
record Style(float size, boolean bold) {

    static Style plain(float size) {
        return new Style(size, false);
    }

    static Style bold(float size) {
        return new Style(size, true);
    }

    /** The distance between baselines, in points. */
    float leading() {
        return size * 1.3f;
    }

    Style at(float otherSize) {
        return new Style(otherSize, bold);
    }
}
