package io.sluice.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in the event log: the transaction that wrote an event, and the event's number. To clients it is the opaque
 * id of a Server-Sent Event.
 */
public record Position(long xid, long id) implements Comparable<Position> {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,19})-([0-9]{1,19})");

    @Override
    public int compareTo(Position other) {
        int byTransaction = Long.compare(xid, other.xid);
        return byTransaction != 0 ? byTransaction : Long.compare(id, other.id);
    }

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    /** Whether this is a text such as {@link #parse} reads, perhaps with a number that is too large. */
    static boolean looksLikeOne(String text) {
        return text.matches("[0-9]+-[0-9]+");
    }

    /** Reads the text of {@link #toString()}; empty if this is not a position. */
    public static Optional<Position> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        try {
            return parts.matches()
                    ? Optional.of(new Position(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                    : Optional.empty();
        } catch (NumberFormatException tooLong) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return xid + "-" + id;
    }
}
