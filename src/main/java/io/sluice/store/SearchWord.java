package io.sluice.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One word of a search, as conditions in SQL.
 *
 * <p>An order has the word if its text contains one of the forms, if its tracking number is one, or if its id begins
 * with one of at least twelve characters. A form of one or two characters of ASCII must stand at the beginning of a word
 * of the text: almost every text contains it somewhere.
 *
 * @param forms see {@link SearchText#forms}
 */
record SearchWord(Set<String> forms) {
    /** As {@code search_parts} in the schema cuts them. */
    private static final int PART = 4;
    /** More parts would find fewer wrong candidates, but cost more than those. */
    private static final int MAX_PARTS = 4;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12,32}");
    private static final Pattern NUMBER = Pattern.compile(".*[0-9].*");
    private static final Pattern SHORT = Pattern.compile("[\\x00-\\x7f]{1,2}");

    static List<SearchWord> of(String search) {
        return SearchText.words(search).stream().map(word -> new SearchWord(SearchText.forms(word))).toList();
    }

    /** Whether the text has the word. */
    String inText(String text, Function<Object, String> parameter) {
        return forms.stream()
                .map(form -> SHORT.matcher(form).matches()
                        ? "' ' || " + text + " like " + parameter.apply("% " + escaped(form) + "%") + " escape '!'"
                        : text + " like " + parameter.apply("%" + escaped(form) + "%") + " escape '!'")
                .collect(Collectors.joining(" or ", "(", ")"));
    }

    /** Whether the order {@code s} has the word as its tracking number or at the beginning of its id; null if not. */
    String inNumber(Function<Object, String> parameter) {
        Set<String> conditions = new LinkedHashSet<>();
        for (String form : forms) {
            if (NUMBER.matcher(form).matches()) {
                conditions.add("search_key(s.tracking_number) = " + parameter.apply(form));
            }
            if (ID.matcher(form).matches()) {
                conditions.add("s.order_id between " + parameter.apply(id(form, '0')) + " and "
                        + parameter.apply(id(form, 'f')));
            }
        }
        return conditions.isEmpty() ? null : "(" + String.join(" or ", conditions) + ")";
    }

    private static UUID id(String beginning, char rest) {
        String hex = beginning + String.valueOf(rest).repeat(32 - beginning.length());
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    /** A {@code tsquery} for all orders of a segment whose text has the word, and perhaps some others. */
    String inIndex(int segment) {
        return forms.stream()
                .map(form -> parts(form).stream()
                        .map(part -> quoted(segment + ":" + part)
                                + (part.codePointCount(0, part.length()) < PART ? ":*" : ""))
                        .collect(Collectors.joining(" & ", "(", ")")))
                .collect(Collectors.joining(" | ", "(", ")"));
    }

    /** A {@code tsquery} for all orders of a segment that have the channel. */
    static String channelInIndex(int segment, String channel) {
        return quoted(segment + "=" + channel);
    }

    /** A {@code tsquery} for all orders of a segment that go to the country. */
    static String countryInIndex(int segment, String country) {
        return quoted(segment + "~" + country);
    }

    private static String quoted(String part) {
        return "'" + part.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Some parts of a form, spread over it; the form itself if it is shorter than a part. */
    private static Set<String> parts(String form) {
        // The hosts of e-mail addresses are the same in many orders: reading their lists would cost most.
        int[] characters = (form.indexOf('@') >= PART ? form.substring(0, form.indexOf('@')) : form).codePoints()
                .toArray();
        int last = Math.max(0, characters.length - PART);
        Set<String> parts = new LinkedHashSet<>();
        for (int i = 0; i < MAX_PARTS; i++) {
            int from = last * i / (MAX_PARTS - 1);
            parts.add(new String(characters, from, Math.min(PART, characters.length)));
        }
        return parts;
    }

    private static String escaped(String form) {
        return form.replaceAll("([!%_])", "!$1");
    }
}
