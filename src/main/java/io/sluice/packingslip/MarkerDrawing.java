package io.sluice.packingslip;

/** Draws a marker sheet. */
final class MarkerDrawing implements PageDrawing {
    private static final float QR_SIZE = 80;
    private static final int MAX_REASON_LINES = 20;

    private final Typesetter typesetter;
    private final PageFrame frame;
    private final MarkerSheet marker;

    MarkerDrawing(Typesetter typesetter, Sender sender, MarkerSheet marker) {
        this.typesetter = typesetter;
        this.frame = new PageFrame(typesetter, sender);
        this.marker = marker;
    }

    @Override
    public int pages() {
        return 1;
    }

    @Override
    public void draw(Canvas canvas, int page) {
        float width = PageFrame.RIGHT - PageFrame.LEFT;
        frame.head(canvas, null, false);
        canvas.fill(PageFrame.LEFT, 190, width, 3, Canvas.INK);
        canvas.text(typesetter.line(marker.place() + " – no slip", Style.bold(44)), PageFrame.LEFT, 250, Canvas.INK);
        float base = 290;
        for (TextLine line : typesetter.wrap("Order " + marker.orderNumber(), Style.bold(16), width)) {
            canvas.text(line, PageFrame.LEFT, base, Canvas.INK);
            base += line.style().leading();
        }
        canvas.text(typesetter.line(marker.status(), Style.bold(16)), PageFrame.LEFT, base + 12, Canvas.INK);
        base += 40;
        if (marker.reason() != null) {
            for (TextLine line : typesetter.wrap(marker.reason(), Style.plain(12), width)
                    .stream()
                    .limit(MAX_REASON_LINES)
                    .toList()) {
                canvas.text(line, PageFrame.LEFT, base, Canvas.INK);
                base += line.style().leading();
            }
        }
        canvas.qrCode(QrCode.of(marker.orderId().toString()), PageFrame.LEFT, base + 16, QR_SIZE);
        canvas.text(typesetter.line(marker.orderId().toString(), Style.plain(7)), PageFrame.LEFT, base + 28 + QR_SIZE,
                Canvas.FAINT);
        frame.foot(canvas, marker, page, 1);
    }
}
