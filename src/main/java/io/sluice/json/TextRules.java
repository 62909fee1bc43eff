package io.sluice.json;

import java.util.UUID;

/** Which text may be stored and printed. */
public final class TextRules {
    private static final int ID_LENGTH = 36;

    private TextRules() {}

    /**
     * The id that the text is; null if it is none. {@code UUID.fromString} reads shorter texts too, with zeros put in.
     */
    public static UUID id(String text) {
        try {
            return text != null && text.length() == ID_LENGTH ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    /**
     * Why {@code text} is not acceptable, or null if it is. Control characters have no place on a packing slip, and
     * PostgreSQL takes neither NUL nor half a surrogate pair.
     *
     * @param maxLength in characters (Unicode code points)
     */
    public static String fault(String text, int maxLength) {
        boolean blank = true;
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                return "This contains a control character (U+" + String.format("%04X", (int) c) + ").";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(++i))) {
                    return "This contains half of a surrogate pair, which is no character.";
                }
            }
            blank &= Character.isWhitespace(c) || Character.isSpaceChar(c);
            length++;
        }
        if (blank) {
            return "This must not be blank.";
        }
        return length > maxLength ? "This is longer than " + maxLength + " characters." : null;
    }
}
