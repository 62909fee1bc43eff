package io.sluice.packingslip;

/** The sheet of an order that has no slip. */
final class MarkerDrawing implements Drawing {
    private static final float QR_SIZE = 80;
    private static final int MAX_REASON_LINES = 20;

    private final Typesetter typesetter;
    private final Frame frame;
    private final Marker marker;

    MarkerDrawing(Typesetter typesetter, Sender sender, Marker marker) {
        this.typesetter = typesetter;
        this.frame = new Frame(typesetter, sender);
        this.marker = marker;
    }

    @Override
    public int pages() {
        return 1;
    }

    @Override
    public void draw(Canvas canvas, int page) {
        float width = Frame.RIGHT - Frame.LEFT;
        frame.head(canvas, null, false);
        canvas.fill(Frame.LEFT, 190, width, 3, Canvas.INK);
        canvas.text(typesetter.line(marker.place() + " – no slip", Style.bold(44)), Frame.LEFT, 250, Canvas.INK);
        float base = 290;
        for (TextLine line : typesetter.wrap("Order " + marker.orderNumber(), Style.bold(16), width)) {
            canvas.text(line, Frame.LEFT, base, Canvas.INK);
            base += line.style().leading();
        }
        canvas.text(typesetter.line(marker.status(), Style.bold(16)), Frame.LEFT, base + 12, Canvas.INK);
        base += 40;
        if (marker.reason() != null) {
            for (TextLine line : typesetter.wrap(marker.reason(), Style.plain(12), width)
                    .stream()
                    .limit(MAX_REASON_LINES)
                    .toList()) {
                canvas.text(line, Frame.LEFT, base, Canvas.INK);
                base += line.style().leading();
            }
        }
        canvas.qrCode(QrCode.of(marker.orderId().toString()), Frame.LEFT, base + 16, QR_SIZE);
        canvas.text(typesetter.line(marker.orderId().toString(), Style.plain(7)), Frame.LEFT, base + 28 + QR_SIZE,
                Canvas.FAINT);
        frame.foot(canvas, marker, page, 1);
    }
}
