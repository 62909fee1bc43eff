package io.sluice.accept;

/** Formats of identifiers. Without regular expressions: every order is checked. */
public final class Formats {

    private Formats() {}

    /** Lower-case letters, digits and {@code - _ .}, which are safe in URLs, logs and metric labels. */
    public static boolean isChannel(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.')) {
                return false;
            }
        }
        return true;
    }

    /**
     * One {@code @} with text on both sides, a dot in the text after it, no spaces. Only sending a mail can check more.
     */
    public static boolean isEmail(String text) {
        int at = text.indexOf('@');
        int dot = text.indexOf('.', at + 2);
        return at > 0 && at == text.lastIndexOf('@') && dot > 0 && !text.endsWith(".")
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
}
