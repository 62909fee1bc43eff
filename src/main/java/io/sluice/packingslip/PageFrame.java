package io.sluice.packingslip;

import java.util.List;

/** Header and footer of every page. The margins suit any printer. */
final class PageFrame {
    static final float LEFT = 62.4f;
    static final float RIGHT = Canvas.WIDTH - 45;
    private static final float FOOT = 808;

    private final Typesetter typesetter;
    private final Sender sender;

    PageFrame(Typesetter typesetter, Sender sender) {
        this.typesetter = typesetter;
        this.sender = sender;
    }

    /** @param place position in the batch, or null */
    void head(Canvas canvas, Place place, boolean outOfSequence) {
        float width = place == null ? RIGHT - LEFT : 290;
        canvas.text(typesetter.wrap(sender.name(), Style.bold(17), width).get(0), LEFT, 56, Canvas.INK);
        List<TextLine> address = typesetter.wrap(String.join(" · ", sender.address()), Style.plain(8), width);
        float base = 71;
        for (TextLine line : address.subList(0, Math.min(3, address.size()))) {
            canvas.text(line, LEFT, base, Canvas.FAINT);
            base += line.style().leading();
        }
        mark(canvas, place, outOfSequence, 40, 68);
    }

    /** Header of the second and later pages. */
    void nextHead(Canvas canvas, Place place, boolean outOfSequence) {
        mark(canvas, place, outOfSequence, 24, 58);
    }

    void foot(Canvas canvas, Sheet sheet, int page, int pages) {
        canvas.rule(LEFT, RIGHT, FOOT - 13, 0.3f);
        canvas.text(typesetter.wrap(sender.name() + " · Order " + sheet.orderNumber(), Style.plain(8), 360).get(0),
                LEFT, FOOT, Canvas.FAINT);
        if (pages > 1) {
            canvas.textTo(typesetter.line("page " + page + " of " + pages, Style.bold(9)), RIGHT, FOOT, Canvas.INK);
        }
    }

    private void mark(Canvas canvas, Place place, boolean outOfSequence, float size, float base) {
        if (place != null) {
            canvas.textTo(typesetter.line(place.toString(), Style.bold(size)), RIGHT, base, Canvas.INK);
        }
        if (outOfSequence) {
            TextLine words = typesetter.line("printed out of sequence", Style.bold(9));
            canvas.fill(RIGHT - words.width() - 12, base + 7, words.width() + 12, 15, Canvas.INK);
            canvas.textTo(words, RIGHT - 6, base + 17.5f, Canvas.PAPER);
        }
    }
}
