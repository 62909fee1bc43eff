package io.sluice.accept;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Dates and times as in RFC 3339, section 5.6: seconds and offset must be there. */
final class Timestamps {

    /** Earlier ones are taken for a clock that was never set. */
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** How far in the future an order may lie: time zones that were mixed up. */
    static final Duration MAX_AHEAD = Duration.ofDays(1);

    private static final int MIN_LENGTH = "2025-01-31T09:30:00Z".length();

    private Timestamps() {}

    /** The instant, to the microsecond as PostgreSQL stores it; null if {@code text} is not RFC 3339. */
    static Instant parse(String text) {
        if (!looksRight(text)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** What ISO 8601, and so the JDK, allows beyond RFC 3339: years of other lengths, no seconds, offsets with seconds. */
    private static boolean looksRight(String text) {
        if (text.length() < MIN_LENGTH || text.charAt(4) != '-' || text.charAt(16) != ':') {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        char sign = text.charAt(text.length() - 6);
        return last == 'Z' || last == 'z' || sign == '+' || sign == '-';
    }
}
