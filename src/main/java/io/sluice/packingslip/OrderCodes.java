package io.sluice.packingslip;

/** The barcode and the QR code of an order. Lengths are in points. */
final class OrderCodes {
    static final float QR_SIZE = 80;
    private static final float ID_HEIGHT = 16;
    private static final float BAR_HEIGHT = 28;
    /** With the id above it. */
    static final float BARCODE_HEIGHT = ID_HEIGHT + BAR_HEIGHT;
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

    float barcodeWidth() {
        return module * barcode.width();
    }

    /** Draws the QR code of the order's id. */
    void drawQrCodeTo(Canvas canvas, float right, float y) {
        canvas.qrCode(qrCode, right - QR_SIZE, y, QR_SIZE);
    }

    /** Draws the order's id, and the barcode below it. */
    void drawBarcodeTo(Canvas canvas, float right, float y) {
        canvas.textTo(id, right, y + ID_HEIGHT - 8, Canvas.FAINT);
        canvas.barcode(barcode, right - barcodeWidth(), y + ID_HEIGHT, module, BAR_HEIGHT);
    }
}
