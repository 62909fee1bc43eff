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
    private final String country;
    private final boolean domestic;
    private final Layout layout;
    private final Map<AddressPart, List<String>> parts = new EnumMap<>(AddressPart.class);

    private PostalAddress(Address address, boolean domestic) {
        boolean latin = isLatin(address);
        this.country = address.country();
        this.domestic = domestic;
        this.layout = AddressFormat.of(country).layout(latin);
        for (AddressPart part : AddressPart.values()) {
            parts.put(part, part.in(address));
        }
        parts.computeIfPresent(AddressPart.STATE,
                (part, sent) -> sent.stream()
                        .filter(States::isNamed)
                        .map(state -> States.written(state, country, latin))
                        .toList());
        parts.computeIfPresent(AddressPart.POSTAL_CODE,
                (part, sent) -> sent.stream().map(code -> PostalCode.written(code, country)).toList());
        placeDistrictAndCity();
    }

    /**
     * The lines of an address, from top to bottom. The country's name is the last one, in English and in capitals as
     * the Universal Postal Union asks. Domestic mail has neither it nor the country's prefix of the postal code.
     *
     * @param from the sender's country, or null if it is not known
     */
    public static List<AddressLine> lines(Address address, String from) {
        PostalAddress written = new PostalAddress(address, address.country().equals(from));
        List<AddressLine> lines = written.lines();
        if (!written.domestic) {
            String country = Countries.name(address.country()).toUpperCase(Locale.ENGLISH);
            AddressLine last = lines.get(lines.size() - 1);
            // A layout may have the country's name, SINGAPORE; a city of that name, Panama, is no country.
            if (!(last.text().equalsIgnoreCase(country) && written.layout.says(country))) {
                lines.add(new AddressLine(country, false));
            }
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
                    .map(line -> new AddressLine(line, name))
                    .filter(line -> !isLast(line, lines))
                    .forEach(lines::add);
        }
        return lines;
    }

    /** Moscow is a city and its own state, which is not written below itself. */
    private static boolean isLast(AddressLine line, List<AddressLine> lines) {
        return !lines.isEmpty() && lines.get(lines.size() - 1).equals(line);
    }

    /** Text between two parts stands only if both are there. */
    private String line(List<Layout.Token> tokens) {
        StringBuilder line = new StringBuilder();
        Layout.Token kept = null;
        for (int i = 0; i < tokens.size(); i++) {
            Layout.Token token = tokens.get(i);
            boolean keep = token.isPart()
                    ? present(tokens, i)
                    : (i + 1 == tokens.size() || present(tokens, i + 1))
                            && (i == 0
                                    ? !(domestic && PostalCode.isPrefix(token.text(), country))
                                    : kept != null && kept.isPart());
            if (keep) {
                append(line, token, kept);
                kept = token;
            }
        }
        return line.toString();
    }

    /** Beijing is a city and its own province, which is not written twice in a line. */
    private boolean present(List<Layout.Token> tokens, int at) {
        Layout.Token token = tokens.get(at);
        if (!token.isPart()) {
            return true;
        }
        List<String> text = text(token);
        return !text.isEmpty() && tokens.subList(0, at).stream().noneMatch(before -> text.equals(text(before)));
    }

    private List<String> text(Layout.Token token) {
        return token.part() == null ? List.of() : parts.get(token.part());
    }

    private void append(StringBuilder line, Layout.Token token, Layout.Token before) {
        String text = token.isPart() ? String.join("\n", text(token)) : token.text();
        if (token.isPart() && before != null && before.isPart()) {
            line.replace(0, line.length(), joined(line.toString(), text));
        } else {
            line.append(text);
        }
    }

    /** A city without a place comes after the state where the largest part is the first; all else beside the street. */
    private void placeDistrictAndCity() {
        List<String> street = parts.get(AddressPart.STREET);
        List<String> state = parts.get(AddressPart.STATE);
        boolean largestFirst = layout.beginsWithTheLargest();
        if (largestFirst && isState(parts.get(AddressPart.CITY), state)) {
            parts.put(AddressPart.CITY, state);
        }
        List<String> district = unplaced(AddressPart.DISTRICT);
        List<String> city = unplaced(AddressPart.CITY);
        if (largestFirst && !city.isEmpty() && !state.isEmpty() && layout.has(AddressPart.STATE)) {
            parts.put(AddressPart.STATE, List.of(joined(state.get(0), city.get(0))));
            city = List.of();
        }
        parts.put(AddressPart.STREET, (largestFirst
                ? Stream.of(city, district, street)
                : Stream.of(street, district, city)).flatMap(List::stream).toList());
    }

    /** A city of East Asia that is its own province, with or without the word for city: 北京 is 北京市. */
    private boolean isState(List<String> city, List<String> state) {
        return !city.isEmpty() && !state.isEmpty()
                && Stream.of(city.get(0) + "市", city.get(0) + "都", States.written(city.get(0), country, false))
                        .anyMatch(state.get(0)::equals);
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
        boolean said = layout.has(AddressPart.STATE) && text.equals(parts.get(AddressPart.STATE))
                || layout.says(text.get(0));
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
