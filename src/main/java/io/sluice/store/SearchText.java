package io.sluice.store;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.sluice.order.Address;
import io.sluice.order.Customer;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

/**
 * The text by which an order is found, and the words of a search in the same form. Case, accents, vowel points, the form
 * of Unicode, hyphens, quotes and most other punctuation do not matter; {@code %}, {@code _}, {@code @}, {@code +} and
 * other symbols do.
 */
public final class SearchText {
    /**
     * Combining marks that people leave out when they type: accents of European scripts, vowel points of Hebrew and
     * Arabic (with the hamza above and below a letter), and the dot of Indic scripts (nukta). The marks of other
     * scripts are letters of their own.
     */
    private static final Pattern MARKS = Pattern
            .compile("[\\u0300-\\u036F\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF"
                    + "\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7"
                    + "\\u0610-\\u061A\\u0640\\u064B-\\u065F\\u0670\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8\\u06EA-\\u06ED"
                    + "\\u093C\\u09BC\\u0A3C\\u0ABC\\u0B3C\\u0CBC]");
    /** Dashes, quotes, brackets, dots and other punctuation, the minus, and characters without width. */
    private static final Pattern IGNORED = Pattern
            .compile(
                    "[\\p{Pd}\\p{Pi}\\p{Pf}\\p{Ps}\\p{Pe}\\u2212\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF"
                            + "\\u00A7\\u00B4\\u00B7\\u02B0-\\u02FF\\u05F3\\u05F4\\u060C\\u3001\\u3002\\u30FB\\u2116]");
    /** The same among the characters of ASCII. */
    static final String IGNORED_ASCII = "-\"'`#/.,;:()[]{}<>";
    private static final Pattern AFTER_PUNCTUATION = Pattern.compile("(?<=\\p{P})[\\p{L}\\p{Nd}]{1,2}");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    /** Between these characters, one person writes a blank and the next does not. */
    private static final String UNSPACED = "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\u30FC\\u3099\\u309A]";
    private static final Pattern OPTIONAL_BLANK = Pattern.compile("(?<=" + UNSPACED + ") (?=" + UNSPACED + ")");
    private static final Pattern NOT_IN_ID = Pattern.compile("^https?://.*/orders/|urn:uuid:|[\\s{}()\"'-]",
            Pattern.CASE_INSENSITIVE);
    /** What scanners put before a code (ISO/IEC 15424), if they are set up so, and between its parts. */
    private static final Pattern SCANNER_MARKS = Pattern.compile("^\\][A-Za-z][0-9]|[\\x1D\\x1E\\x04]");
    /** Stands alone, where Unicode would make a blank and an accent of it. */
    private static final Pattern LONE_ACCENT = Pattern.compile("[\u00B4\u00A8\u00AF\u00B8]");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Map<String, String> SPELLED_OUT = Map.of("ae", "a", "oe", "o", "ue", "u", "aa", "a");
    /** At least three groups, each with a digit; only the first may be two letters, as in {@code LP 0000 5318}. */
    private static final Pattern GROUPS = Pattern
            .compile("(?:[A-Za-z]{1,2}|[A-Za-z]*\\d[A-Za-z0-9]*)(?: [A-Za-z]*\\d[A-Za-z0-9]*){2,}");
    private static final int DIGITS_IN_GROUPS = 10;
    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private SearchText() {}

    /** What is stored with an order: order number, names, e-mail and SKUs. */
    public static String of(OrderDraft order, UUID id) {
        return of(id, order.externalId(), order.customer(), order.shipTo(),
                order.lines().stream().map(OrderLine::sku).toList());
    }

    /** The same, for an order whose parts are elsewhere. */
    public static String of(UUID id, String externalId, Customer customer, Address shipTo, List<String> skus) {
        Set<String> parts = new LinkedHashSet<>();
        // An order without a number of its own is known by its id.
        Stream.of(externalId == null ? id.toString() : externalId, customer.email())
                .filter(Objects::nonNull)
                .forEach(part -> parts.add(plain(part)));
        Stream.of(customer.name(), shipTo.name(), shipTo.company())
                .filter(Objects::nonNull)
                .forEach(name -> addWords(parts, name));
        Stream.concat(Stream.ofNullable(externalId), skus.stream())
                .forEach(code -> {
                    addWords(parts, code);
                    addJoined(parts, code);
                });
        return String.join(" ", parts);
    }

    /** With the first letters of what follows punctuation: one or two letters of a search must begin a word. */
    private static void addWords(Set<String> parts, String text) {
        parts.add(plain(text));
        AFTER_PUNCTUATION.matcher(text).results().forEach(start -> parts.add(plain(start.group())));
    }

    /** People type codes without their blanks. */
    private static void addJoined(Set<String> parts, String code) {
        if (code.indexOf(' ') > 0) {
            parts.add(plain(code).replace(" ", ""));
        }
    }

    /**
     * The words of a search; an order must have all of them, in any sequence. Empty if there is only punctuation. An
     * id is one word, also in braces, as a URN (RFC 9562), or with blanks. So is a tracking number in the groups in which
     * carriers print it.
     */
    public static List<String> words(String search) {
        String id = NOT_IN_ID.matcher(search).replaceAll("");
        if (ID.matcher(id).matches()) {
            return List.of(id);
        }
        String text = SCANNER_MARKS.matcher(search).replaceAll("");
        String groups = BLANKS.matcher(text.strip()).replaceAll(" ");
        if (GROUPS.matcher(groups).matches() && DIGIT.matcher(groups).results().count() >= DIGITS_IN_GROUPS) {
            return List.of(groups.replace(" ", ""));
        }
        // Punctuation must survive until layouts are translated, so it is removed word by word.
        return Stream.of(BLANKS.split(text))
                .filter(word -> !plain(word).isEmpty())
                .toList();
    }

    /**
     * The forms of which an order must have one, for one of the {@link #words}: the word itself, a name as it is
     * written without or with umlauts, and what the word was meant to be if a scanner has typed it under a foreign
     * keyboard layout.
     */
    public static Set<String> forms(String word) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(plain(word));
        String typed = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        if (!DIGIT.matcher(typed).find()) {
            forms.add(plain(spelledOut(typed)));
            // Each by itself, too: "Aeroe" is Ærø.
            forms.add(plain(typed.replaceAll("([aou])e", "$1").replace("aa", "a")));
            SPELLED_OUT.forEach((twoLetters, letter) -> forms.add(plain(typed.replace(twoLetters, letter))));
        }
        ScannerLayout.meanings(typed).stream().map(SearchText::plain).forEach(forms::add);
        forms.remove("");
        return forms;
    }

    /** How names are written where there are no umlauts: Müller as Mueller, Ødegård as Oedegaard. */
    private static String spelledOut(String text) {
        return text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ø", "oe").replace("å", "aa");
    }

    /** In lower case, decomposed, without marks and punctuation, with single blanks. */
    static String plain(String text) {
        String folded = text;
        if (!text.chars().allMatch(c -> c < 0x80)) {
            String words = LONE_ACCENT.matcher(text).replaceAll("");
            String decomposed = MARKS.matcher(Normalizer.normalize(words, Normalizer.Form.NFKD)).replaceAll("");
            String visible = BLANKS.matcher(IGNORED.matcher(decomposed).replaceAll("")).replaceAll(" ");
            String joined = OPTIONAL_BLANK.matcher(visible).replaceAll("");
            // First to capitals: there, "ß" is "SS", and a final sigma is an ordinary one.
            folded = letters(joined.replace("ẞ", "SS").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
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
            } else if (IGNORED_ASCII.indexOf(c) < 0) {
                if (blank) {
                    plain.append(' ');
                    blank = false;
                }
                plain.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            }
        }
        return plain.toString();
    }

    /** Katakana as hiragana, and the digits of all scripts as those of ASCII. */
    private static char simple(char c) {
        if (c >= 'ァ' && c <= 'ヶ') {
            return (char) (c - 'ァ' + 'ぁ');
        }
        return c > 0x7F && Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : c;
    }

    /** Letters that Unicode does not decompose, and those that stand for others. */
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
                // Arabic and Persian letters that people use for each other.
                case 'ى', 'ی' -> plain.append('ي');
                case 'ک' -> plain.append('ك');
                case 'ة', 'ە' -> plain.append('ه');
                default -> plain.append(simple(c));
            }
        }
        return plain.toString();
    }
}
