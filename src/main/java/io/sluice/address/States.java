package io.sluice.address;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The states of countries whose addresses name them: provinces, prefectures, counties and so on. Shops send a code of
 * ISO 3166-2 with or without the country, a code of their own, or a name. The data is in the resource
 * {@code addresses/states.tsv}.
 */
final class States {
    private static final Map<String, Map<String, State>> BY_COUNTRY = load();

    /** A state as the country's mail writes it, an abbreviation or a name. */
    private record State(String local, String latin) {}

    private States() {}

    /** A state as the country's mail writes it; as it was sent if it is not known. */
    static String written(String sent, String country, boolean inLatinScript) {
        State state = find(sent, country);
        if (state == null) {
            return sent;
        }
        return inLatinScript ? state.latin() : state.local();
    }

    /** Whether it names a state; shops send {@code -} or {@code .} where they must send something. */
    static boolean isNamed(String sent) {
        return !comparable(sent).isEmpty();
    }

    private static State find(String sent, String country) {
        Map<String, State> states = BY_COUNTRY.getOrDefault(country, Map.of());
        String code = sent.strip().toUpperCase(Locale.ROOT);
        if (code.startsWith(country + "-")) {
            // ISO's code: CN-11 is Beijing, but CN11 is WooCommerce's code of Jiangsu.
            return states.get(comparable(code.substring(3)));
        }
        State state = states.get(comparable(code));
        boolean hasCountry = code.startsWith(country) && !code.equals(Countries.alpha3(country));
        return state == null && hasCountry ? states.get(comparable(code.substring(2))) : state;
    }

    /** Letters and digits, without accents and case: {@code Q. Roo} and {@code QROO} are one. */
    private static String comparable(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static Map<String, Map<String, State>> load() {
        Map<String, Map<String, State>> countries = new HashMap<>();
        for (String[] columns : Table.rows("states.tsv")) {
            Map<String, State> states = countries.computeIfAbsent(columns[0], country -> new HashMap<>());
            State state = new State(columns[1], columns[2].isEmpty() ? columns[1] : columns[2]);
            states.put(comparable(state.local()), state);
            states.put(comparable(state.latin()), state);
            for (String writing : columns[3].split("~")) {
                states.put(comparable(writing), state);
            }
            // Else whatever has no letters would be the last state without other writings.
            states.remove("");
        }
        return Map.copyOf(countries);
    }
}
