package io.sluice.partner;

import java.util.regex.Pattern;

import io.sluice.order.Partner;

/** Text of a partner, made fit for the database, the log and a page: one line, no control characters, not too long. */
final class PartnerText {
    static final int MAX_LENGTH = 500;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    /** Control characters, halves of surrogate pairs, and what turns the writing direction of the text around it. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069]");

    private PartnerText() {}

    /** The partner at the start of a sentence: {@code The printer}, {@code The carrier dhl}. */
    static String the(Partner partner) {
        return "The " + partner.inWords();
    }

    /** As much of {@code text} as may be shown. */
    static String clean(String text) {
        String clean = UNFIT.matcher(SPACE.matcher(text).replaceAll(" ")).replaceAll("").strip();
        if (clean.length() <= MAX_LENGTH) {
            return clean;
        }
        int end = MAX_LENGTH - 1;
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** Whether there is no character in it that must not be kept. */
    static boolean isFit(String text) {
        return !UNFIT.matcher(text).find();
    }
}
