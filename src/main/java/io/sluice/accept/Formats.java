package io.sluice.accept;

/** The shapes of identifiers, checked without regular expressions because every order passes here. */
final class Formats {

    private Formats() {}

    /** Lowercase letters, digits, {@code - _ .}; safe in addresses, logs and metric labels. */
    static boolean isChannel(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.')) {
                return false;
            }
        }
        return true;
    }

    /** Something, one {@code @}, something with a dot inside, no spaces; only sending a mail can tell more. */
    static boolean isEmail(String text) {
        int at = text.indexOf('@');
        int dot = text.indexOf('.', at + 2);
        return at > 0 && at == text.lastIndexOf('@') && dot > 0 && !text.endsWith(".")
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
}
