package io.sluice.packingslip;

import java.util.List;

/** Header and footer of every page. The margins suit any printer. Lengths are in points. */
final class PageFrame {
    /** Between the lowest baseline of the footer and the end of the page. */
    private static final float FOOT = 34;
    private static final float HEAD = 39;
    private static final float MARK_WIDTH = 190;

    private final Typesetter typesetter;
    private final PaperSize paper;
    private final List<TextLine> sender;
    private final List<TextLine> senderAddress;
    private final List<TextLine> foot;
    private final TextLine mark;
    private final TextLine nextMark;
    private final boolean outOfSequence;

    /**
     * @param place         position in the batch that the header shows, or null
     * @param outOfSequence whether the header says so
     */
    PageFrame(PressSetup setup, Sheet sheet, Place place, boolean outOfSequence) {
        this.typesetter = setup.typesetter();
        this.paper = setup.paper();
        Sender name = setup.sender();
        float width = paper.right() - paper.left() - (place == null ? 0 : MARK_WIDTH + 8);
        this.sender = typesetter.fit(name.name(), Style.bold(17), width, 45, 6);
        this.senderAddress = typesetter.fit(String.join(" · ", name.address()), Style.plain(8), width, 32, 4);
        this.foot = typesetter.fit("Order " + sheet.orderNumber() + " · " + name.name(), Style.plain(8), 380, 21, 5);
        this.mark = mark(place, 40, MARK_WIDTH);
        this.nextMark = mark(place, 24, 140);
        this.outOfSequence = outOfSequence;
    }

    private TextLine mark(Place place, float size, float maxWidth) {
        if (place == null) {
            return null;
        }
        TextLine line = typesetter.line(place.toString(), Style.bold(size));
        return line.width() <= maxWidth
                ? line
                : typesetter.line(place.toString(), Style.bold(size * maxWidth / line.width()));
    }

    void head(Canvas canvas) {
        float base = canvas.text(sender, paper.left(), HEAD + sender.get(0).style().size(), Canvas.INK);
        float addressBase = base - sender.get(0).leading() + 7 + senderAddress.get(0).style().size();
        canvas.text(senderAddress, paper.left(), addressBase, Canvas.FAINT);
        mark(canvas, mark, 68);
    }

    /** Header of the second and later pages. */
    void nextHead(Canvas canvas) {
        mark(canvas, nextMark, 58);
    }

    void foot(Canvas canvas, int page, int pages) {
        canvas.rule(paper.left(), paper.right(), footRule(), 0.3f);
        canvas.text(foot, paper.left(), footRule() + 13, Canvas.FAINT);
        if (pages > 1) {
            canvas.textTo(typesetter.line("page " + page + " of " + pages, Style.bold(9)), paper.right(),
                    footRule() + 13, Canvas.INK);
        }
    }

    /** Where the content of a page must end. */
    float contentEnd() {
        return footRule() - 17;
    }

    private float footRule() {
        return paper.height() - FOOT - TextLine.height(foot.subList(1, foot.size())) - 13;
    }

    private void mark(Canvas canvas, TextLine place, float base) {
        if (place != null) {
            canvas.textTo(place, paper.right(), base, Canvas.INK);
        }
        if (outOfSequence) {
            TextLine words = typesetter.line("printed out of sequence", Style.bold(9));
            canvas.fill(paper.right() - words.width() - 12, base + 7, words.width() + 12, 15, Canvas.INK);
            canvas.textTo(words, paper.right() - 6, base + 17.5f, Canvas.PAPER);
        }
    }
}
