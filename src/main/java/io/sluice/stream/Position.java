package io.sluice.stream;

import java.util.Optional;

/**
 * A position in the event log: the transaction that wrote an event, and the event's number. To clients it is the opaque
 * id of a Server-Sent Event.
 */
public record Position(long xid, long id) implements Comparable<Position> {

    @Override
    public int compareTo(Position other) {
        int byTransaction = Long.compare(xid, other.xid);
        return byTransaction != 0 ? byTransaction : Long.compare(id, other.id);
    }

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    /** Reads the text of {@link #toString()}; empty if this is not a position. */
    public static Optional<Position> parse(String text) {
        int dash = text.indexOf('-');
        try {
            return dash < 0
                    ? Optional.empty()
                    : Optional.of(new Position(Long.parseUnsignedLong(text, 0, dash, 10),
                            Long.parseUnsignedLong(text, dash + 1, text.length(), 10)));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return xid + "-" + id;
    }
}
