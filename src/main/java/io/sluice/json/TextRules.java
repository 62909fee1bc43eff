package io.sluice.json;

import java.util.UUID;
import java.util.stream.Collectors;

/** Which text may be stored and printed, and what of it is only blank. */
public final class TextRules {
    private static final int ID_LENGTH = 36;

    private static final int CR = '\r';
    private static final int LF = '\n';
    private static final int NEXT_LINE = 0x85;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

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
     * Whether a character leaves no mark: every blank of Unicode, the no-break space too, and characters without width
     * that text brings along when it is copied from a page.
     */
    public static boolean isBlank(int codePoint) {
        return switch (codePoint) {
            // Soft hyphen, grapheme joiner, Hangul fillers, Mongolian vowel separator, blank of Braille.
            case 0x00AD, 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x180E, 0x2800 -> true;
            // Zero-width space, marks of direction, byte order mark. The joiners are part of words.
            case 0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF, NEXT_LINE -> true;
            default -> Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)
                // More marks of direction; word joiner, invisible operators, isolates.
                    || codePoint >= 0x202A && codePoint <= 0x202E
                    || codePoint >= 0x2060 && codePoint <= 0x2069;
        };
    }

    public static boolean isBlank(String text) {
        return strip(text).isEmpty();
    }

    /** The text without its outer blanks. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (start < end && isBlank(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /** The text in one line, without outer blanks. Tabs and line breaks become blanks. */
    public static String oneLine(String text) {
        String stripped = strip(text);
        // Not a stream: every text of every order comes here.
        for (int i = 0; i < stripped.length(); i++) {
            if (stripped.charAt(i) == '\t' || isLineBreak(stripped.charAt(i))) {
                return replaceControls(stripped, ' ');
            }
        }
        return stripped;
    }

    /** The text in lines that end with {@code \n}, without blanks around it and at the ends of lines. */
    public static String severalLines(String text) {
        return strip(replaceControls(text, LF)
                .lines()
                .map(line -> isBlank(line) ? "" : line.stripTrailing())
                .collect(Collectors.joining("\n")));
    }

    /** @param lineBreak replaces every line break; a tab becomes a blank */
    private static String replaceControls(String text, int lineBreak) {
        StringBuilder replaced = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == LF && i > 0 && text.charAt(i - 1) == CR) {
                continue;
            }
            replaced.append(isLineBreak(c) ? (char) lineBreak : c == '\t' ? ' ' : c);
        }
        return replaced.toString();
    }

    /** Those of Unicode, section 5.8, among them the vertical tab, which spreadsheets use. */
    private static boolean isLineBreak(int c) {
        return c >= LF && c <= CR || c == NEXT_LINE || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
    }

    /**
     * Why {@code text} is not acceptable, or null if it is. Control characters have no place on a packing slip, and
     * PostgreSQL takes neither NUL nor half a surrogate pair. Line breaks ({@code \n}) are acceptable.
     *
     * @param maxLength in characters (Unicode code points)
     */
    public static String fault(String text, int maxLength) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != LF) {
                return "This contains a control character (U+" + String.format("%04X", (int) text.charAt(i)) + ").";
            }
        }
        return storageFault(text, maxLength);
    }

    /** Like {@link #fault}, for text that is only kept: all but NUL and halves of surrogate pairs is acceptable. */
    public static String storageFault(String text, int maxLength) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return "This contains a control character (U+0000).";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(++i))) {
                    return "This contains half of a surrogate pair, which is no character.";
                }
            }
            length++;
        }
        return length > maxLength ? "This is longer than " + maxLength + " characters." : null;
    }
}
