package io.sluice.store;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

/**
 * The text by which an order is found, and the words of a search in the same form. Case, accents, the form of Unicode
 * and hyphens do not matter; all other punctuation does.
 */
public final class SearchText {
    /** Combining marks of European scripts. Those of other scripts are letters of their own. */
    private static final Pattern ACCENTS = Pattern
            .compile("[\\u0300-\\u036F\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF]");
    /** Hyphens, dashes, minus, and characters without width. */
    private static final Pattern IGNORED = Pattern
            .compile("[\\p{Pd}\\u2212\\u00AD\\u200B-\\u200F\\u2060\\uFEFF]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private SearchText() {}

    /** What is stored with an order: order number, names, e-mail and SKUs. */
    public static String of(OrderDraft order) {
        Set<String> parts = new LinkedHashSet<>();
        Stream.of(order.externalId(), order.customer().name(), order.customer().email(), order.shipTo().name(),
                order.shipTo().company()).forEach(part -> add(parts, part));
        for (OrderLine line : order.lines()) {
            add(parts, line.sku());
        }
        return String.join(" ", parts);
    }

    private static void add(Set<String> parts, String part) {
        if (part != null) {
            parts.add(plain(part));
        }
    }

    /** The words of a search; an order must have all of them, in any sequence. Empty if there are only hyphens. */
    public static List<String> words(String search) {
        // Hyphens must survive until layouts are translated, so they are removed word by word.
        return Stream.of(BLANKS.split(search)).filter(word -> !plain(word).isEmpty()).toList();
    }

    /**
     * The forms of which an order must have one, for one of the {@link #words}: the word itself, and what it was meant
     * to be if a scanner has typed it under a foreign keyboard layout.
     */
    public static Set<String> forms(String word) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(plain(word));
        String typed = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        ScannerLayout.meanings(typed)
                .stream()
                .map(SearchText::plain)
                .filter(form -> !form.isEmpty())
                .forEach(forms::add);
        return forms;
    }

    /** In lower case, decomposed, without accents and hyphens, with single blanks. */
    static String plain(String text) {
        String folded = text;
        if (!text.chars().allMatch(c -> c < 0x80)) {
            String decomposed = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
            String visible = BLANKS.matcher(IGNORED.matcher(decomposed).replaceAll("")).replaceAll(" ");
            // First to capitals: there, "ß" is "SS", and a final sigma is an ordinary one.
            folded = letters(visible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
        }
        return asciiPlain(folded);
    }

    /** Without regular expressions: every text of every order comes here. */
    private static String asciiPlain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ') {
                blank = plain.length() > 0;
            } else if (c != '-') {
                if (blank) {
                    plain.append(' ');
                    blank = false;
                }
                plain.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            }
        }
        return plain.toString();
    }

    /** Letters that Unicode does not decompose. */
    private static String letters(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case 'ø' -> plain.append('o');
                case 'đ', 'ð' -> plain.append('d');
                case 'ł' -> plain.append('l');
                case 'ħ' -> plain.append('h');
                case 'æ' -> plain.append("ae");
                case 'œ' -> plain.append("oe");
                case 'þ' -> plain.append("th");
                case 'ς' -> plain.append('σ');
                case '’', '‘', 'ʼ' -> plain.append('\'');
                default -> plain.append(c);
            }
        }
        return plain.toString();
    }
}
