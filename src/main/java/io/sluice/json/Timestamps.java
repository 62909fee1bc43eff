package io.sluice.json;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Dates and times by RFC 3339, section 5.6: seconds and offset are required. */
public final class Timestamps {

    /** An earlier time comes from a clock that was never set. */
    public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** A later time is a mistake. */
    public static final Instant LATEST = Instant.parse("2999-12-31T23:59:59Z");
    /**
     * How far in the future an order may be placed; allows for mixed-up time zones. Such an order counts as placed now.
     */
    public static final Duration MAX_AHEAD = Duration.ofDays(1);

    private static final int SECONDS = "2025-01-31T09:30:".length();
    private static final String LEAP_SECOND = "60";
    private static final int MIN_LENGTH = "2025-01-31T09:30:00Z".length();

    /** Digits of the second beyond those that Java can parse. */
    private static final Pattern TOO_FINE = Pattern.compile("(\\.\\d{9})\\d+");

    private Timestamps() {}

    /** The instant, to the microsecond as PostgreSQL stores it; null if {@code text} is not RFC 3339. */
    public static Instant parse(String text) {
        if (!looksRight(text)) {
            return null;
        }
        boolean leapSecond = text.startsWith(LEAP_SECOND, SECONDS);
        try {
            Instant instant = OffsetDateTime.parse(TOO_FINE.matcher(leapSecond ? withSecondBefore(text) : text)
                    .replaceFirst("$1"))
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS);
            return leapSecond && !mayHaveLeapSecond(instant) ? null : instant;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Java and PostgreSQL have no leap seconds: 23:59:60 counts as 23:59:59, so that the day stays the same. */
    private static String withSecondBefore(String text) {
        return text.substring(0, SECONDS) + "59" + text.substring(SECONDS + LEAP_SECOND.length());
    }

    /** A leap second is the last one of a month, in UTC. */
    private static boolean mayHaveLeapSecond(Instant second) {
        OffsetDateTime next = second.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return next.getDayOfMonth() == 1 && next.toLocalTime().equals(LocalTime.MIDNIGHT);
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
