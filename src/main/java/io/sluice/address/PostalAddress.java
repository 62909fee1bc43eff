package io.sluice.address;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.sluice.order.Address;

/**
 * Writes an address as the post of its country wants it. A postal code or state that the country's addresses do not
 * have is left out. A district or city without a place of its own stands beside the street, so that nothing that leads
 * to the door is lost.
 */
public final class PostalAddress {
    private final Address address;
    private final Layout layout;
    private final Map<AddressPart, List<String>> parts = new EnumMap<>(AddressPart.class);

    private PostalAddress(Address address) {
        this.address = address;
        this.layout = AddressFormat.of(address.country()).layout(isLatin(address));
        for (AddressPart part : AddressPart.values()) {
            parts.put(part, part.in(address));
        }
        placeDistrictAndCity();
    }

    /**
     * The lines of an address, from top to bottom. The country's name is the last one, in English and in capitals as
     * the Universal Postal Union asks, unless the mail is domestic.
     *
     * @param from the sender's country, or null if it is not known
     */
    public static List<AddressLine> lines(Address address, String from) {
        List<AddressLine> lines = new PostalAddress(address).lines();
        String country = Countries.name(address.country()).toUpperCase(Locale.ENGLISH);
        if (!address.country().equals(from) && !lines.get(lines.size() - 1).text().equalsIgnoreCase(country)) {
            lines.add(new AddressLine(country, false));
        }
        return List.copyOf(lines);
    }

    private List<AddressLine> lines() {
        List<AddressLine> lines = new ArrayList<>();
        for (List<Layout.Token> tokens : layout.lines()) {
            boolean name = tokens.stream().anyMatch(token -> token.part() == AddressPart.NAME);
            line(tokens).lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> lines.add(new AddressLine(line, name)));
        }
        return lines;
    }

    /** Text between two parts stands only if both are there. */
    private String line(List<Layout.Token> tokens) {
        StringBuilder line = new StringBuilder();
        Layout.Token kept = null;
        for (int i = 0; i < tokens.size(); i++) {
            Layout.Token token = tokens.get(i);
            boolean keep = token.isPart()
                    ? present(token)
                    : (i + 1 == tokens.size() || present(tokens.get(i + 1)))
                            && (i == 0 || kept != null && kept.isPart());
            if (keep) {
                append(line, token, kept);
                kept = token;
            }
        }
        return line.toString();
    }

    private boolean present(Layout.Token token) {
        return !token.isPart() || token.part() != null && !parts.get(token.part()).isEmpty();
    }

    private void append(StringBuilder line, Layout.Token token, Layout.Token before) {
        if (!token.isPart()) {
            line.append(token.text());
            return;
        }
        String text = String.join("\n", parts.get(token.part()));
        if (token.part() == AddressPart.POSTAL_CODE && before != null && !before.isPart()) {
            text = withoutPrefix(text, before.text().strip());
        }
        if (before == null || !before.isPart()) {
            line.append(text);
        } else if (!text.equals(String.join("\n", parts.get(before.part())))) {
            // Beijing is a city and its own province, which is not written twice.
            line.replace(0, line.length(), joined(line.toString(), text));
        }
    }

    /** {@code CH-8001} and {@code 8001} are the same code; the layout brings the prefix. */
    private static String withoutPrefix(String code, String prefix) {
        boolean has = !prefix.isEmpty() && code.length() > prefix.length()
                && code.regionMatches(true, 0, prefix, 0, prefix.length());
        return has ? code.substring(prefix.length()).strip() : code;
    }

    /** A city without a place comes after the state where the largest part is the first; all else beside the street. */
    private void placeDistrictAndCity() {
        List<String> street = parts.get(AddressPart.STREET);
        List<String> state = parts.get(AddressPart.STATE);
        List<String> district = unplaced(AddressPart.DISTRICT);
        List<String> city = unplaced(AddressPart.CITY);
        boolean largestFirst = layout.beginsWithTheLargest();
        if (largestFirst && !city.isEmpty() && !state.isEmpty() && layout.has(AddressPart.STATE)) {
            parts.put(AddressPart.STATE, List.of(joined(state.get(0), city.get(0))));
            city = List.of();
        }
        parts.put(AddressPart.STREET, (largestFirst
                ? Stream.of(city, district, street)
                : Stream.of(street, district, city)).flatMap(List::stream).toList());
    }

    /** Chinese and Japanese have no spaces. */
    private static String joined(String before, String after) {
        boolean spaced = !(isHan(before.charAt(before.length() - 1)) && isHan(after.charAt(0)));
        return before + (spaced ? " " : "") + after;
    }

    /** A part that the layout has no place for; empty if another line says the same. */
    private List<String> unplaced(AddressPart part) {
        List<String> text = parts.get(part);
        if (layout.has(part) || text.isEmpty()) {
            return List.of();
        }
        boolean said = layout.has(AddressPart.STATE) && text.get(0).equalsIgnoreCase(address.state())
                || layout.lines()
                        .stream()
                        .flatMap(List::stream)
                        .anyMatch(token -> !token.isPart() && token.text().strip().equalsIgnoreCase(text.get(0)));
        return said ? List.of() : text;
    }

    private static boolean isLatin(Address address) {
        return Stream.of(address.street(), address.district(), address.city(), address.state())
                .filter(Objects::nonNull)
                .flatMapToInt(String::codePoints)
                .filter(Character::isLetter)
                .allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN);
    }

    private static boolean isHan(char c) {
        return Character.isIdeographic(c);
    }
}
