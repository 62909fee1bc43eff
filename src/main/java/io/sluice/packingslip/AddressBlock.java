package io.sluice.packingslip;

import java.util.List;

import io.sluice.address.AddressLine;
import io.sluice.address.PostalAddress;
import io.sluice.order.Address;

/**
 * The recipient, placed for the window of a DL or C5/6 envelope (DIN 5008, form B), with the sender in small print
 * above. A long address is set in a smaller size; if it still does not fit, it continues below the window.
 */
final class AddressBlock {
    /** Distance from the top of the page to the top of the window, in points. */
    static final float TOP = 127.6f;
    private static final float WIDTH = 232;
    private static final float HEIGHT = 92;
    private static final float FIRST_BASE = TOP + 34;
    private static final float LARGEST = 12.5f;
    private static final float SMALLEST = 8;

    private final TextLine sender;
    private final List<TextLine> lines;

    AddressBlock(Typesetter typesetter, Sender sender, Address address) {
        this.sender = typesetter.wrap(sender.inOneLine(), Style.plain(6.5f), WIDTH).get(0);
        List<AddressLine> content = PostalAddress.lines(address, sender.country());
        List<TextLine> fitting = lines(typesetter, content, LARGEST);
        for (float size = LARGEST - 0.5f; height(fitting) > HEIGHT && size >= SMALLEST; size -= 0.5f) {
            fitting = lines(typesetter, content, size);
        }
        this.lines = fitting;
    }

    /** Where other content may start, in points from the top of the page. */
    float bottom() {
        return Math.max(TOP + 127.6f, FIRST_BASE + height(lines));
    }

    void draw(Canvas canvas, float x) {
        canvas.text(sender, x, TOP + 10, Canvas.FAINT);
        canvas.rule(x, x + WIDTH, TOP + 14, 0.3f);
        float base = FIRST_BASE;
        for (TextLine line : lines) {
            canvas.text(line, x, base, Canvas.INK);
            base += line.style().leading();
        }
    }

    private static List<TextLine> lines(Typesetter typesetter, List<AddressLine> content, float size) {
        return content.stream()
                .flatMap(line -> typesetter
                        .wrap(line.text(), line.name() ? Style.bold(size) : Style.plain(size), WIDTH)
                        .stream())
                .toList();
    }

    private static float height(List<TextLine> lines) {
        return lines.stream().map(line -> line.style().leading()).reduce(0f, Float::sum);
    }
}
