package io.sluice.packingslip;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Draws a packing slip on one or more pages. */
final class SlipDrawing implements PageDrawing {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final float NEXT_PAGE_TABLE = 92;
    private static final float TABLE_END = 778;
    /** Left edge of the column beside the address. */
    private static final float SIDE = 330;
    private static final float QR_SIZE = 80;

    private final Typesetter typesetter;
    private final Slip slip;
    private final PageFrame frame;
    private final AddressBlock address;
    private final SlipTable table;
    private final float firstPageTable;
    private final List<SlipTable.Part> parts;

    SlipDrawing(Typesetter typesetter, Sender sender, Slip slip) {
        this.typesetter = typesetter;
        this.slip = slip;
        this.frame = new PageFrame(typesetter, sender);
        this.address = new AddressBlock(typesetter, sender, slip.shipTo());
        this.table = new SlipTable(typesetter, slip, PageFrame.LEFT, PageFrame.RIGHT);
        this.firstPageTable = address.bottom() + 24;
        this.parts = table.paginate(TABLE_END - firstPageTable, TABLE_END - NEXT_PAGE_TABLE);
    }

    @Override
    public int pages() {
        return parts.size();
    }

    @Override
    public void draw(Canvas canvas, int page) {
        if (page == 1) {
            firstHead(canvas);
        } else {
            nextHead(canvas);
        }
        table.draw(canvas, parts.get(page - 1), page == 1 ? firstPageTable : NEXT_PAGE_TABLE);
        frame.foot(canvas, slip, page, pages());
    }

    private void firstHead(Canvas canvas) {
        frame.head(canvas, slip.place(), slip.outOfSequence());
        address.draw(canvas, PageFrame.LEFT);
        canvas.text(typesetter.line("Packing slip", Style.bold(18)), SIDE, AddressBlock.TOP + 16, Canvas.INK);
        float base = AddressBlock.TOP + 38;
        base = fact(canvas, "Order", slip.externalId() == null ? slip.orderId().toString() : slip.externalId(), 2,
                base);
        if (slip.externalId() != null) {
            base = fact(canvas, "Channel", slip.channel(), 1, base);
        }
        if (slip.placedAt() != null) {
            fact(canvas, "Placed", DATE.format(slip.placedAt()), 1, base);
        }
        canvas.qrCode(QrCode.of(slip.orderId().toString()), PageFrame.RIGHT - QR_SIZE, AddressBlock.TOP + 28, QR_SIZE);
        canvas.textTo(typesetter.line(slip.orderId().toString(), Style.plain(7)), PageFrame.RIGHT,
                AddressBlock.TOP + 28 + QR_SIZE + 12, Canvas.FAINT);
    }

    /**
     * Draws a value, in a smaller size if it needs more than {@code maxLines}. Returns the baseline of the next value.
     */
    private float fact(Canvas canvas, String name, String value, int maxLines, float base) {
        canvas.text(typesetter.line(name, Style.plain(7)), SIDE, base, Canvas.FAINT);
        float width = PageFrame.RIGHT - QR_SIZE - 14 - SIDE;
        Style style = Style.bold(10);
        List<TextLine> lines = typesetter.wrap(value, style, width);
        while (lines.size() > maxLines && style.size() > 5) {
            style = style.at(style.size() - 1);
            lines = typesetter.wrap(value, style, width);
        }
        float at = base;
        for (TextLine line : lines) {
            at += line.style().leading();
            canvas.text(line, SIDE, at - 1, Canvas.INK);
        }
        return at + 11;
    }

    private void nextHead(Canvas canvas) {
        frame.nextHead(canvas, slip.place(), slip.outOfSequence());
        canvas.text(typesetter.wrap(slip.shipTo().name(), Style.bold(11), 330).get(0), PageFrame.LEFT, 52, Canvas.INK);
        canvas.text(typesetter.wrap("Order " + slip.orderNumber(), Style.plain(9), 330).get(0), PageFrame.LEFT, 66,
                Canvas.FAINT);
    }
}
