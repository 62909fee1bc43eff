package io.sluice.dashboard;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Puts values into words and figures that a person can read. */
final class Words {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'")
            .withZone(ZoneOffset.UTC);

    private Words() {}

    /**
     * {@code 1,234.50 EUR}. The amount keeps the scale it has, which is its currency's own; the code and not a symbol,
     * because half the world writes $.
     */
    static String money(String amount, String currency) {
        BigDecimal value = new BigDecimal(amount);
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setMinimumFractionDigits(value.scale());
        format.setMaximumFractionDigits(value.scale());
        return format.format(value) + " " + currency;
    }

    /** The English name of an ISO 3166-1 alpha-2 country. */
    static String country(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
    }

    /** {@code create-shipment} as {@code Create shipment}. */
    static String sentence(String wireName) {
        String words = wireName.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    static String minutes(Instant at) {
        return MINUTES.format(at);
    }

    static String seconds(Instant at) {
        return SECONDS.format(at);
    }

    /** The time alone, where the day goes without saying. */
    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** {@code 42 ms}, {@code 1.3 s} or {@code 2 min 5 s}. */
    static String duration(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        return millis / 60_000 + " min " + millis % 60_000 / 1_000 + " s";
    }
}
