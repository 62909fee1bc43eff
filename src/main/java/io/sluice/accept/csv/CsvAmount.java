package io.sluice.accept.csv;

import java.util.regex.Pattern;

/**
 * Amounts as spreadsheets write them: {@code 12,50}, {@code 1.234,50} and {@code 1,234.50} too. The rest is left to the
 * reader of orders.
 */
final class CsvAmount {
    private static final Pattern COMMA = Pattern.compile("-?\\d+,\\d+");
    private static final Pattern GROUPS_BY_COMMA = Pattern.compile("-?\\d{1,3}(,\\d{3})+\\.\\d+");
    private static final Pattern GROUPS_BY_POINT = Pattern.compile("-?\\d{1,3}(\\.\\d{3})+,\\d+");
    /** May be a thousand or one. */
    private static final Pattern AMBIGUOUS = Pattern.compile("-?[1-9]\\d{0,2},\\d{3}");

    private CsvAmount() {}

    static boolean isAmbiguous(String text) {
        return AMBIGUOUS.matcher(text).matches();
    }

    /** With a decimal point and without groups, where it is clear that {@code text} means that; else as it is. */
    static String withPoint(String text) {
        if (GROUPS_BY_COMMA.matcher(text).matches()) {
            return text.replace(",", "");
        }
        if (COMMA.matcher(text).matches() || GROUPS_BY_POINT.matcher(text).matches()) {
            return text.replace(".", "").replace(',', '.');
        }
        return text;
    }
}
