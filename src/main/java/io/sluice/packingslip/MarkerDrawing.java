package io.sluice.packingslip;

import java.util.List;

/** Draws a marker sheet. */
final class MarkerDrawing implements PageDrawing {
    private static final float SMALLEST_REASON = 4;

    private final PaperSize paper;
    private final PageFrame frame;
    private final OrderCodes codes;
    private final List<TextLine> title;
    private final List<TextLine> order;
    private final TextLine status;
    private final List<TextLine> reason;

    MarkerDrawing(PressSetup setup, MarkerSheet marker) {
        Typesetter typesetter = setup.typesetter();
        this.paper = setup.paper();
        float width = paper.right() - paper.left();
        this.frame = new PageFrame(setup, marker, null, false);
        this.codes = new OrderCodes(typesetter, marker, width - OrderCodes.QR_SIZE - 24);
        this.title = typesetter.fit(marker.place() + " – no slip", Style.bold(44), width, 60, 12);
        this.order = typesetter.wrap("Order " + marker.orderNumber(), Style.bold(16), width);
        this.status = typesetter.line(marker.status(), Style.bold(16));
        float room = frame.contentEnd() - reasonBase() - OrderCodes.QR_SIZE - 40;
        this.reason = marker.reason() == null
                ? List.of()
                : typesetter.fit(marker.reason(), Style.plain(12), width, room, SMALLEST_REASON);
    }

    private float reasonBase() {
        return 330 + TextLine.height(order);
    }

    @Override
    public int pages() {
        return 1;
    }

    @Override
    public void draw(Canvas canvas, int page) {
        frame.head(canvas);
        canvas.fill(paper.left(), 190, paper.right() - paper.left(), 3, Canvas.INK);
        canvas.text(title, paper.left(), 250, Canvas.INK);
        float base = canvas.text(order, paper.left(), 290, Canvas.INK);
        canvas.text(status, paper.left(), base + 12, Canvas.INK);
        float end = canvas.text(reason, paper.left(), reasonBase(), Canvas.INK);
        codes.drawQrCodeTo(canvas, paper.right(), end + 16);
        codes.drawBarcodeTo(canvas, paper.right() - OrderCodes.QR_SIZE - 24, end + 16);
        frame.foot(canvas, page, 1);
    }
}
