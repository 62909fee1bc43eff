package io.sluice.packingslip;

import java.util.List;

import io.sluice.address.AddressLine;
import io.sluice.address.PostalAddress;
import io.sluice.order.Address;

/**
 * The recipient, placed for the window of an envelope, with the sender in small print above. A long address is set in a
 * smaller size; if it still does not fit, it continues below the window.
 */
final class AddressBlock {
    static final float WIDTH = 232;
    private static final float SENDER_HEIGHT = 17;
    private static final float SMALLEST_SENDER = 4;
    private static final float LARGEST = 12.5f;
    private static final float SMALLEST = 8;

    private final PaperSize paper;
    private final List<TextLine> sender;
    private final List<TextLine> lines;

    AddressBlock(PressSetup setup, Address address) {
        this.paper = setup.paper();
        this.sender = sender(setup.typesetter(), setup.sender());
        float room = paper.window().addressHeight();
        List<AddressLine> content = PostalAddress.lines(address, setup.sender().country());
        List<TextLine> fitting = lines(setup.typesetter(), content, LARGEST);
        for (float size = LARGEST - 0.5f; TextLine.height(fitting) > room && size >= SMALLEST; size -= 0.5f) {
            fitting = lines(setup.typesetter(), content, size);
        }
        this.lines = fitting;
    }

    /** Whether the window has room for the whole line of the sender. */
    static boolean hasRoomFor(Sender sender, Typesetter typesetter) {
        return TextLine.height(sender(typesetter, sender)) <= SENDER_HEIGHT;
    }

    /** Where other content may start, in points from the top of the page. */
    float bottom() {
        return Math.max(paper.window().bottom(), paper.window().addressBase() + TextLine.height(lines));
    }

    void draw(Canvas canvas) {
        float next = canvas.text(sender, paper.left(), senderBase(), Canvas.FAINT);
        float rule = next - sender.get(0).leading() + 4;
        canvas.rule(paper.left(), paper.left() + WIDTH, rule, 0.3f);
        canvas.text(lines, paper.left(), paper.window().addressBase(), Canvas.INK);
    }

    /** Several lines begin above the place of a single one. */
    private float senderBase() {
        return paper.window().senderBase() - TextLine.height(sender.subList(1, sender.size())) / 2;
    }

    private static List<TextLine> sender(Typesetter typesetter, Sender sender) {
        return typesetter.fit(sender.inOneLine(), Style.plain(6.5f), WIDTH, SENDER_HEIGHT, SMALLEST_SENDER);
    }

    private static List<TextLine> lines(Typesetter typesetter, List<AddressLine> content, float size) {
        return content.stream()
                .flatMap(line -> typesetter
                        .wrap(line.text(), line.name() ? Style.bold(size) : Style.plain(size), WIDTH)
                        .stream())
                .toList();
    }
}
