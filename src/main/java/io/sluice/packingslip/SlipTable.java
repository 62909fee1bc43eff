package io.sluice.packingslip;

import java.util.ArrayList;
import java.util.List;

/** The table of order lines, split across pages. A line is split only if it is longer than a page. */
final class SlipTable {
    private static final Style TEXT = Style.plain(9.5f);
    private static final Style NUMBER = Style.bold(10.5f);
    private static final Style HEAD = Style.bold(8);
    private static final float SKU_WIDTH = 112;
    private static final float GAP = 12;
    private static final float QUANTITY_WIDTH = 62;
    private static final float PADDING = 5;
    private static final float HEAD_HEIGHT = 20;
    private static final float TOTAL_HEIGHT = 30;
    /** Of text in one row. Fits on a page of any size. */
    private static final int MAX_TEXT_LINES = 30;

    private final Typesetter typesetter;
    private final float left;
    private final float right;
    private final List<Row> rows = new ArrayList<>();
    private final TextLine total;

    /**
     * @param left  the left edge of the table, in points
     * @param right the right edge of the table, in points
     */
    SlipTable(Typesetter typesetter, Slip slip, float left, float right) {
        this.typesetter = typesetter;
        this.left = left;
        this.right = right;
        float titleWidth = right - left - SKU_WIDTH - QUANTITY_WIDTH - 2 * GAP;
        for (Slip.Line line : slip.lines()) {
            add(new Row(typesetter.wrap(line.sku(), TEXT, SKU_WIDTH),
                    typesetter.wrap(line.title(), TEXT, titleWidth),
                    typesetter.line(Integer.toString(line.quantity()), NUMBER)));
        }
        this.total = typesetter.line(Long.toString(slip.pieces()), Style.bold(12));
    }

    /** Adds a row, and further ones for the rest of its text. */
    private void add(Row row) {
        List<TextLine> sku = row.sku();
        List<TextLine> title = row.title();
        TextLine quantity = row.quantity();
        while (Math.max(sku.size(), title.size()) > MAX_TEXT_LINES) {
            rows.add(new Row(first(sku), first(title), quantity));
            sku = rest(sku);
            title = rest(title);
            quantity = typesetter.line("", NUMBER);
        }
        rows.add(new Row(sku, title, quantity));
    }

    private static List<TextLine> first(List<TextLine> lines) {
        return lines.subList(0, Math.min(MAX_TEXT_LINES, lines.size()));
    }

    private static List<TextLine> rest(List<TextLine> lines) {
        return lines.subList(Math.min(MAX_TEXT_LINES, lines.size()), lines.size());
    }

    private record Row(List<TextLine> sku, List<TextLine> title, TextLine quantity) {
        float height() {
            return Math.max(TextLine.height(sku), TextLine.height(title)) + 2 * PADDING;
        }
    }

    /** The rows from {@code from} (inclusive) to {@code to} (exclusive). */
    record Part(int from, int to) {
        boolean isEmpty() {
            return from == to;
        }
    }

    /**
     * Distributes the rows among pages. The first part is empty if the first page has no room for a row.
     *
     * @param firstHeight the height available on the first page, in points
     * @param nextHeight  the height available on every other page, in points
     */
    List<Part> paginate(float firstHeight, float nextHeight) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        float room = firstHeight - HEAD_HEIGHT;
        for (int i = 0; i < rows.size(); i++) {
            float height = rows.get(i).height() + (i == rows.size() - 1 ? TOTAL_HEIGHT : 0);
            if (height > room) {
                parts.add(new Part(from, i));
                from = i;
                room = nextHeight - HEAD_HEIGHT;
            }
            room -= height;
        }
        parts.add(new Part(from, rows.size()));
        return parts;
    }

    /** The height of a part with its header, in points. */
    float height(Part part) {
        if (part.isEmpty()) {
            return 0;
        }
        float height = HEAD_HEIGHT + (part.to() == rows.size() ? TOTAL_HEIGHT : 0);
        for (Row row : rows.subList(part.from(), part.to())) {
            height += row.height();
        }
        return height;
    }

    /** Draws a part with its header at {@code y}. The last part ends with the total. */
    void draw(Canvas canvas, Part part, float y) {
        if (part.isEmpty()) {
            return;
        }
        canvas.text(typesetter.line("SKU", HEAD), left, y + 12, Canvas.FAINT);
        canvas.text(typesetter.line("Item", HEAD), left + SKU_WIDTH + GAP, y + 12, Canvas.FAINT);
        canvas.textTo(typesetter.line("Quantity", HEAD), right, y + 12, Canvas.FAINT);
        canvas.rule(left, right, y + HEAD_HEIGHT, 1);
        float at = y + HEAD_HEIGHT;
        for (Row row : rows.subList(part.from(), part.to())) {
            draw(canvas, row, at);
            at += row.height();
            canvas.rule(left, right, at, 0.3f);
        }
        if (part.to() == rows.size()) {
            canvas.textTo(total, right, at + 21, Canvas.INK);
            canvas.text(typesetter.line("Total pieces", Style.bold(10.5f)), left + SKU_WIDTH + GAP, at + 21,
                    Canvas.INK);
        }
    }

    private void draw(Canvas canvas, Row row, float y) {
        float base = y + PADDING + TEXT.size();
        canvas.text(row.sku(), left, base, Canvas.INK);
        canvas.text(row.title(), left + SKU_WIDTH + GAP, base, Canvas.INK);
        canvas.textTo(row.quantity(), right, base, Canvas.INK);
    }
}
