package io.sluice.partner;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import io.netty.handler.codec.DateFormatter;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date. */
public final class RetryAfter {
    /** A longer wait is cut to this. */
    static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /** How long to wait from {@code now}; null if the header says nothing that can be read, or a time that is over. */
    public static Duration read(String header, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String value = header.strip();
        if (value.matches("\\d+")) {
            // More digits than a long holds would be more than the maximum anyway.
            return value.length() > 9 ? MAX : atMost(Duration.ofSeconds(Long.parseLong(value)));
        }
        Date date = DateFormatter.parseHttpDate(value);
        if (date == null || !date.toInstant().isAfter(now)) {
            return null;
        }
        return atMost(Duration.between(now, date.toInstant()));
    }

    private static Duration atMost(Duration asked) {
        return asked.compareTo(MAX) > 0 ? MAX : asked;
    }
}
