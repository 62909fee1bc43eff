package io.sluice.accept;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;

import io.sluice.order.Money;

/** Amounts in plain decimal notation: digits, optionally a point and decimals. No plus, exponent or grouping. */
final class Prices {

    /**
     * Currencies without decimals that shops and payment services (Stripe, Adyen, Shopify) still write with two, which
     * are always zero.
     */
    private static final Set<String> TWO_ZEROS = Set.of("CLP", "ISK", "UGX");

    private Prices() {}

    /**
     * Why {@code text} is not a price, or null if it is.
     *
     * @param currency      limits the decimals; null if it is not known
     * @param mayBeNegative whether a minus may come first
     */
    static String fault(String text, Currency currency, boolean mayBeNegative) {
        int start = mayBeNegative && text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        if (!digits(text, start, end) || point >= 0 && !digits(text, point + 1, text.length())) {
            return "This must be a decimal number such as \"12.50\""
                    + (mayBeNegative ? " or \"-5.00\", without plus or exponent." : ", without sign or exponent.");
        }
        int whole = end - start;
        if (whole > 1 && text.charAt(start) == '0') {
            return "This must not have leading zeros.";
        }
        if (whole > OrderLimits.PRICE_DIGITS) {
            return "This has more than " + OrderLimits.PRICE_DIGITS + " digits before the decimal point.";
        }
        if (currency != null && decimals > currency.getDefaultFractionDigits()
                && !(decimals == 2 && TWO_ZEROS.contains(currency.getCurrencyCode()) && text.endsWith("00"))) {
            return currency.getCurrencyCode() + " has " + currency.getDefaultFractionDigits() + " decimals, not "
                    + decimals
                    + ".";
        }
        return null;
    }

    /** A price that has no {@link #fault}, at the currency's scale. */
    static BigDecimal parse(String text, Currency currency) {
        return Money.at(currency, new BigDecimal(text));
    }

    /** Whether there is at least one character from {@code from} to {@code to}, and all are ASCII digits. */
    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }
}
