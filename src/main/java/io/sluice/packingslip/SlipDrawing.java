package io.sluice.packingslip;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
    private final SlipNote note;
    private final float firstPageTable;
    private final List<Page> pages = new ArrayList<>();

    SlipDrawing(Typesetter typesetter, Sender sender, Slip slip) {
        this.typesetter = typesetter;
        this.slip = slip;
        this.frame = new PageFrame(typesetter, sender);
        this.address = new AddressBlock(typesetter, sender, slip.shipTo());
        this.table = new SlipTable(typesetter, slip, PageFrame.LEFT, PageFrame.RIGHT);
        this.firstPageTable = address.bottom() + 24;
        this.note = new SlipNote(typesetter, slip.note(), PageFrame.RIGHT - PageFrame.LEFT);
        table.paginate(TABLE_END - firstPageTable, TABLE_END - NEXT_PAGE_TABLE)
                .forEach(part -> pages.add(new Page(part, SlipNote.Part.NONE)));
        placeNote();
    }

    /**
     * What is on a page.
     *
     * @param lines null if the note is all there is
     */
    private record Page(SlipTable.Part lines, SlipNote.Part note) {}

    /** Puts the note below the last lines, and what does not fit there on pages of its own. */
    private void placeNote() {
        int last = pages.size() - 1;
        float end = top(last) + table.height(pages.get(last).lines());
        List<SlipNote.Part> parts = note.paginate(TABLE_END - end, TABLE_END - NEXT_PAGE_TABLE);
        pages.set(last, new Page(pages.get(last).lines(), parts.get(0)));
        parts.subList(1, parts.size()).forEach(part -> pages.add(new Page(null, part)));
    }

    /** @param page 0-based */
    private float top(int page) {
        return page == 0 ? firstPageTable : NEXT_PAGE_TABLE;
    }

    @Override
    public int pages() {
        return pages.size();
    }

    @Override
    public void draw(Canvas canvas, int page) {
        if (page == 1) {
            firstHead(canvas);
        } else {
            nextHead(canvas);
        }
        Page content = pages.get(page - 1);
        float y = top(page - 1);
        if (content.lines() != null) {
            table.draw(canvas, content.lines(), y);
            y += table.height(content.lines());
        }
        note.draw(canvas, content.note(), PageFrame.LEFT, y);
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
