package io.sluice.packingslip;

import java.util.ArrayList;
import java.util.List;

/** The note of an order, below its lines. A long one continues on further pages. */
final class SlipNote {
    private static final Style TEXT = Style.plain(10);
    private static final Style HEAD = Style.bold(8);
    private static final float HEAD_HEIGHT = 34;
    private static final int FEWEST_LINES = 3;

    private final List<TextLine> lines = new ArrayList<>();
    private final TextLine head;

    /**
     * @param note  null if there is none
     * @param width in points
     */
    SlipNote(Typesetter typesetter, String note, float width) {
        this.head = typesetter.line("Note", HEAD);
        if (note != null) {
            note.lines().forEach(line -> lines.addAll(typesetter.wrap(line, TEXT, width)));
        }
    }

    /** The lines from {@code from} (inclusive) to {@code to} (exclusive). */
    record Part(int from, int to) {
        static final Part NONE = new Part(0, 0);

        boolean isEmpty() {
            return from == to;
        }
    }

    /**
     * Distributes the lines among pages. The first part is empty if the first page has room for too few of them.
     *
     * @param firstHeight the height left on the last page of the table, in points
     * @param nextHeight  the height available on every other page, in points
     */
    List<Part> paginate(float firstHeight, float nextHeight) {
        List<Part> parts = new ArrayList<>();
        int end = fitting(0, firstHeight);
        if (end < Math.min(FEWEST_LINES, lines.size())) {
            end = 0;
        }
        parts.add(new Part(0, end));
        while (end < lines.size()) {
            int from = end;
            end = Math.max(from + 1, fitting(from, nextHeight));
            parts.add(new Part(from, end));
        }
        return parts;
    }

    void draw(Canvas canvas, Part part, float x, float y) {
        if (part.isEmpty()) {
            return;
        }
        canvas.text(head, x, y + HEAD_HEIGHT - 14, Canvas.FAINT);
        canvas.text(lines.subList(part.from(), part.to()), x, y + HEAD_HEIGHT, Canvas.INK);
    }

    /** The end of the lines from {@code from} that fit into this height, with the heading. */
    private int fitting(int from, float height) {
        int end = from;
        float room = height - HEAD_HEIGHT;
        while (end < lines.size() && lines.get(end).leading() <= room) {
            room -= lines.get(end).leading();
            end++;
        }
        return end;
    }
}
