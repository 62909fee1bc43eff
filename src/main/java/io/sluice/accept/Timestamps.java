package io.sluice.accept;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Dates and times by RFC 3339, section 5.6: seconds and offset are required. */
final class Timestamps {

    /** An earlier time comes from a clock that was never set. */
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** How far in the future an order may be placed; allows for mixed-up time zones. */
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

    /** Excludes what the JDK accepts beyond RFC 3339: years of other lengths, no seconds, offsets with seconds. */
    private static boolean looksRight(String text) {
        if (text.length() < MIN_LENGTH || text.charAt(4) != '-' || text.charAt(16) != ':') {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        char sign = text.charAt(text.length() - 6);
        return last == 'Z' || last == 'z' || sign == '+' || sign == '-';
    }
}
