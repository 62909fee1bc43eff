package io.sluice.packingslip;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sluice.order.Address;

/** Sample slips. */
final class Slips {
    static final UUID ORDER = UUID.fromString("0192f0c4-7d1e-7a55-9c3f-2b8a4e6d1f00");
    static final Sender SENDER = new Sender("The Lockkeeper's Shop", List.of("Canal Street 12", "London SE1 7PB"),
            null);
    static final Press PRESS = press(SENDER);
    private static final Address LONDON = new Address("Ada Byron", "St James's Square 12", "London", "SW1Y 4JH", "GB");

    private Slips() {}

    static Press press(Sender sender) {
        return new Press(sender, PaperSize.A4, ZoneOffset.UTC, null);
    }

    static Press press(PaperSize paper) {
        return new Press(SENDER, paper, ZoneOffset.UTC, null);
    }

    static Slip plain() {
        return of(LONDON, lines(1), null, false);
    }

    static Slip at(Place place, boolean outOfSequence) {
        return of(LONDON, lines(2), place, outOfSequence);
    }

    static Slip to(Address address) {
        return of(address, lines(1), null, false);
    }

    static Slip with(List<Slip.Line> lines) {
        return of(LONDON, lines, null, false);
    }

    static Slip noted(String note, int lines) {
        return new Slip(ORDER, "webshop", "WEB-1001", Instant.parse("2026-03-02T09:30:12Z"), LONDON, lines(lines), note,
                null, false);
    }

    static Slip titled(String title) {
        return with(List.of(new Slip.Line("SKU-1", title, 1)));
    }

    /** @param externalId null if there is none */
    static Slip numbered(String externalId) {
        return new Slip(ORDER, "webshop", externalId, Instant.parse("2026-03-02T09:30:12Z"), LONDON, lines(1), null,
                null, false);
    }

    /** A slip on which every text is as long as it may be. */
    static Slip longest() {
        return longest(Stream.concat(
                Stream.of(new Slip.Line("K".repeat(99) + "!", "T".repeat(299) + "!", 1_000_000)),
                lines(40).stream()).toList());
    }

    static Slip longest(List<Slip.Line> lines) {
        Address address = new Address("N".repeat(199) + "!", "O".repeat(199) + "!",
                "L1\nL2\nL3\n" + "Wörthstraße".repeat(35) + "7?", "D".repeat(99) + "#", "C".repeat(99) + "#",
                "S".repeat(99) + "#", "12345678901234567890", "BR", null);
        return new Slip(ORDER, "c".repeat(39) + "!", "W".repeat(99) + "!", Instant.parse("2026-09-30T09:30:12Z"),
                address, lines, "word ".repeat(399) + "end!", new Place(987_654, 1_000_000), true);
    }

    /** Creates order lines: {@code Mug number 1} once, {@code Mug number 2} twice … */
    static List<Slip.Line> lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Slip.Line("SKU-" + i, "Mug number " + i, i))
                .toList();
    }

    private static Slip of(Address address, List<Slip.Line> lines, Place place, boolean outOfSequence) {
        return new Slip(ORDER, "webshop", "WEB-1001", Instant.parse("2026-03-02T09:30:12Z"), address, lines, null,
                place, outOfSequence);
    }
}
