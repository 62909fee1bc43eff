package io.sluice.packingslip;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a packing slip on one or more pages. Lengths are in points, places from the top of the page. */
final class SlipDrawing implements PageDrawing {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final float NEXT_PAGE_TABLE = 92;
    private static final float NEXT_HEAD_WIDTH = 330;
    /** Top of the column beside the address. */
    private static final float SIDE_TOP = 127.6f;
    private static final float QR_TOP = SIDE_TOP + 28;
    /** Width of the column beside the address. */
    private static final float SIDE_WIDTH = 220;

    private final Typesetter typesetter;
    private final PaperSize paper;
    private final PageFrame frame;
    private final AddressBlock address;
    private final OrderCodes codes;
    private final SlipTable table;
    private final SlipNote note;
    private final List<Fact> facts;
    private final List<TextLine> recipient;
    private final List<TextLine> orderNumber;
    private final float barcodeTop;
    private final float firstPageTable;
    private final float nextPageTable;
    private final List<Page> pages = new ArrayList<>();

    SlipDrawing(PressSetup setup, Slip slip) {
        this.typesetter = setup.typesetter();
        this.paper = setup.paper();
        float width = paper.right() - paper.left();
        this.frame = new PageFrame(setup, slip, slip.place(), slip.outOfSequence());
        this.address = new AddressBlock(setup, slip.shipTo());
        this.codes = new OrderCodes(typesetter, slip, width);
        this.table = new SlipTable(typesetter, slip, paper.left(), paper.right());
        this.note = new SlipNote(typesetter, slip.note(), width);
        this.facts = facts(setup, slip);
        this.recipient = typesetter.fit(slip.shipTo().name(), Style.bold(11), NEXT_HEAD_WIDTH, 29, 7);
        this.orderNumber = typesetter.fit("Order " + slip.orderNumber(), Style.plain(9), NEXT_HEAD_WIDTH, 24, 6);
        float factsBottom = SIDE_TOP + 28;
        for (Fact fact : facts) {
            factsBottom += fact.height();
        }
        float codesTop = Math.max(QR_TOP + OrderCodes.QR_SIZE + 4, factsBottom);
        boolean beside = paper.left() + AddressBlock.WIDTH < paper.right() - codes.barcodeWidth();
        this.barcodeTop = beside ? codesTop : Math.max(codesTop, address.bottom() - 10);
        this.firstPageTable = Math.max(address.bottom() + 24, barcodeTop + OrderCodes.BARCODE_HEIGHT + 10);
        this.nextPageTable = Math.max(NEXT_PAGE_TABLE,
                52 + TextLine.height(recipient) + TextLine.height(orderNumber));
        table.paginate(frame.contentEnd() - firstPageTable, frame.contentEnd() - nextPageTable)
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
        List<SlipNote.Part> parts = note.paginate(frame.contentEnd() - end, frame.contentEnd() - nextPageTable);
        pages.set(last, new Page(pages.get(last).lines(), parts.get(0)));
        parts.subList(1, parts.size()).forEach(part -> pages.add(new Page(null, part)));
    }

    /** @param page 0-based */
    private float top(int page) {
        return page == 0 ? firstPageTable : nextPageTable;
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
        note.draw(canvas, content.note(), paper.left(), y);
        frame.foot(canvas, page, pages());
    }

    private void firstHead(Canvas canvas) {
        float side = paper.right() - SIDE_WIDTH;
        frame.head(canvas);
        address.draw(canvas);
        canvas.text(typesetter.line("Packing slip", Style.bold(18)), side, SIDE_TOP + 16, Canvas.INK);
        float base = SIDE_TOP + 38;
        for (Fact fact : facts) {
            canvas.text(fact.name(), side, base, Canvas.FAINT);
            canvas.text(fact.value(), side, base + fact.value().get(0).leading() - 1, Canvas.INK);
            base += fact.height();
        }
        codes.drawQrCodeTo(canvas, paper.right(), QR_TOP);
        codes.drawBarcodeTo(canvas, paper.right(), barcodeTop);
    }

    /** A value with its name above. */
    private record Fact(TextLine name, List<TextLine> value) {
        float height() {
            return TextLine.height(value) + 11;
        }
    }

    private List<Fact> facts(PressSetup setup, Slip slip) {
        List<Fact> all = new ArrayList<>();
        all.add(fact("Order", slip.externalId() == null ? slip.orderId().toString() : slip.externalId(), 2));
        if (slip.externalId() != null) {
            all.add(fact("Channel", slip.channel(), 1));
        }
        if (slip.placedAt() != null) {
            all.add(fact("Placed", DATE.format(slip.placedAt().atZone(setup.timeZone())), 1));
        }
        return all;
    }

    /** Sets a value in a smaller size if it needs more than {@code maxLines}. */
    private Fact fact(String name, String value, int maxLines) {
        Style style = Style.bold(10);
        return new Fact(typesetter.line(name, Style.plain(7)), typesetter.fit(value, style,
                SIDE_WIDTH - OrderCodes.QR_SIZE - 14, maxLines * style.leading(), 6));
    }

    private void nextHead(Canvas canvas) {
        frame.nextHead(canvas);
        float base = canvas.text(recipient, paper.left(), 52, Canvas.INK);
        canvas.text(orderNumber, paper.left(), base, Canvas.FAINT);
    }
}
