package io.sluice.packingslip;

import com.google.zxing.oned.Code128Writer;

/**
 * A Code 128 barcode (ISO/IEC 15417) of an order, for scanners that read no QR codes.
 *
 * @param modules from left to right, true for dark; without the quiet zones of ten modules
 */
record Barcode(boolean[] modules) {
    private static final int MAX_CHARACTERS = 80;

    interface Bar {
        void draw(int from, int width);
    }

    /**
     * The barcode of the external id, if that has only printable ASCII characters and does not need more modules than
     * {@code maxModules}; otherwise of the order's id.
     */
    static Barcode of(Sheet sheet, float maxModules) {
        String externalId = sheet.externalId();
        if (externalId != null && isEncodable(externalId)) {
            Barcode code = of(externalId);
            if (code.width() <= maxModules) {
                return code;
            }
        }
        return of(sheet.orderId().toString());
    }

    private static Barcode of(String text) {
        return new Barcode(new Code128Writer().encode(text));
    }

    /** Code 128 has ASCII; the writer takes some letters beyond it for its function characters. */
    private static boolean isEncodable(String text) {
        return text.length() <= MAX_CHARACTERS && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** In modules. */
    int width() {
        return modules.length;
    }

    /** Calls {@code bar} for every bar. */
    void eachBar(Bar bar) {
        int at = 0;
        while (at < modules.length) {
            int end = at;
            while (end < modules.length && modules[end]) {
                end++;
            }
            if (end > at) {
                bar.draw(at, end - at);
            }
            at = end + 1;
        }
    }
}
