package io.sluice.packingslip;

/** The barcode and the QR code of an order. Lengths are in points. */
final class OrderCodes {
    static final float QR_SIZE = 80;
    static final float BARCODE_HEIGHT = 28;
    /** 10 mil, which every scanner reads. */
    private static final float MODULE = 0.72f;
    /** 7.5 mil, which all but the oldest scanners read. */
    private static final float SMALLEST_MODULE = 0.54f;

    private final QrCode qrCode;
    private final TextLine id;
    private final Barcode barcode;
    private final float module;

    /** @param width the width available for the barcode; its quiet zones come in addition */
    OrderCodes(Typesetter typesetter, Sheet sheet, float width) {
        this.qrCode = QrCode.of(sheet.orderId().toString());
        this.id = typesetter.line(sheet.orderId().toString(), Style.plain(7));
        this.barcode = Barcode.of(sheet, width / SMALLEST_MODULE);
        this.module = Math.min(MODULE, width / barcode.width());
    }

    /** Draws the QR code of the order's id, and below it the id, to {@code right}. */
    void drawQrCodeTo(Canvas canvas, float right, float y) {
        canvas.qrCode(qrCode, right - QR_SIZE, y, QR_SIZE);
        canvas.textTo(id, right, y + QR_SIZE + 12, Canvas.FAINT);
    }

    void drawBarcodeTo(Canvas canvas, float right, float y) {
        canvas.barcode(barcode, right - module * barcode.width(), y, module, BARCODE_HEIGHT);
    }
}
