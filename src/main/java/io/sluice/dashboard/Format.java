package io.sluice.dashboard;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.sluice.address.Countries;

/** Formats values for people. */
public final class Format {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'")
            .withZone(ZoneOffset.UTC);

    private Format() {}

    /**
     * Formats an amount, for example {@code 1,234.50 EUR}. Keeps the scale of the amount, which is that of its
     * currency. Uses the currency code because many currencies share the symbol $.
     */
    public static String money(String amount, String currency) {
        BigDecimal value = new BigDecimal(amount);
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setMinimumFractionDigits(value.scale());
        format.setMaximumFractionDigits(value.scale());
        return format.format(value) + " " + currency;
    }

    /** The English name of an ISO 3166-1 alpha-2 country. */
    public static String country(String code) {
        return Countries.name(code);
    }

    /** {@code create-shipment} as {@code Create shipment}. */
    public static String sentence(String wireName) {
        String words = wireName.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    public static String minutes(Instant at) {
        return MINUTES.format(at);
    }

    public static String seconds(Instant at) {
        return SECONDS.format(at);
    }

    /** The time without the date. */
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** With thousands separators. */
    public static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    public static String orders(long count) {
        return count == 1 ? "1 order" : number(count) + " orders";
    }

    /** A rounded estimate: {@code about 40 s left}, {@code about 2 h 10 min left}. */
    public static String timeLeft(Duration left) {
        long seconds = left.toSeconds();
        if (seconds < 8) {
            return "a few seconds left";
        }
        if (seconds < 90) {
            return "about " + rounded(seconds, 5) + " s left";
        }
        long minutes = rounded(seconds, 60) / 60;
        if (minutes < 60) {
            return "about " + minutes + " min left";
        }
        minutes = rounded(minutes, 10);
        return "about " + number(minutes / 60) + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min")
                + " left";
    }

    private static long rounded(long value, int to) {
        return Math.round((double) value / to) * to;
    }

    /** {@code 42 ms}, {@code 1.3 s}, {@code 2 min 5 s} or {@code 3 h 12 min}. */
    public static String duration(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        if (millis < 3_600_000) {
            return millis / 60_000 + " min " + millis % 60_000 / 1_000 + " s";
        }
        return number(millis / 3_600_000) + " h " + millis % 3_600_000 / 60_000 + " min";
    }
}
