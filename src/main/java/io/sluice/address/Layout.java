package io.sluice.address;

import java.util.ArrayList;
import java.util.List;

/**
 * The layout of an address: lines of parts and of text between them. As data it looks like
 * {@code %N%n%O%n%A%n%C, %S %Z}, where {@code %n} begins a new line.
 */
record Layout(List<List<Token>> lines) {

    /** A part, or text. The sorting code has neither. */
    record Token(AddressPart part, String text) {
        boolean isPart() {
            return text == null;
        }
    }

    static Layout of(String format) {
        List<List<Token>> lines = new ArrayList<>();
        for (String line : format.split("%n")) {
            lines.add(tokens(line));
        }
        return new Layout(List.copyOf(lines));
    }

    boolean has(AddressPart part) {
        return lines.stream().flatMap(List::stream).anyMatch(token -> token.part() == part);
    }

    /** Whether this text stands in every address, in whatever case. */
    boolean says(String text) {
        return lines.stream()
                .flatMap(List::stream)
                .anyMatch(token -> !token.isPart() && token.text().strip().equalsIgnoreCase(text));
    }

    /** Whether the address begins with the largest part, as in East Asia, and ends with the name. */
    boolean beginsWithTheLargest() {
        return lineOf(AddressPart.NAME) > lineOf(AddressPart.STREET);
    }

    private int lineOf(AddressPart part) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).stream().anyMatch(token -> token.part() == part)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Token> tokens(String line) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            int next = line.indexOf('%', at);
            if (next == at) {
                tokens.add(new Token(AddressPart.of(line.charAt(at + 1)), null));
                at += 2;
            } else {
                int end = next < 0 ? line.length() : next;
                tokens.add(new Token(null, line.substring(at, end)));
                at = end;
            }
        }
        return List.copyOf(tokens);
    }
}
