package io.sluice.address;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What Google's address metadata says about the addresses of one country. The data is in the resource
 * {@code addresses/formats.tsv}.
 */
public final class AddressFormat {
    private static final String FILE = "/addresses/formats.tsv";
    private static final String UNKNOWN_COUNTRY = "ZZ";
    private static final Map<String, AddressFormat> BY_COUNTRY = load();

    private final String required;
    private final Layout local;
    private final Layout latin;

    private AddressFormat(String required, String local, String latin) {
        this.required = required;
        this.local = Layout.of(local);
        this.latin = latin.isEmpty() ? this.local : Layout.of(latin);
    }

    /** The format of a country (ISO 3166-1 alpha-2); a usual one if it is null, or if the data does not have it. */
    public static AddressFormat of(String country) {
        return BY_COUNTRY.getOrDefault(country == null ? UNKNOWN_COUNTRY : country, BY_COUNTRY.get(UNKNOWN_COUNTRY));
    }

    /** Whether every address of the country has a postal code. */
    public boolean requiresPostalCode() {
        return requires(AddressPart.POSTAL_CODE);
    }

    /** Whether every address of the country has a city. */
    public boolean requiresCity() {
        return requires(AddressPart.CITY);
    }

    private boolean requires(AddressPart part) {
        return required.indexOf(part.letter) >= 0;
    }

    Layout layout(boolean inLatinScript) {
        return inLatinScript ? latin : local;
    }

    private static Map<String, AddressFormat> load() {
        Map<String, AddressFormat> formats = new HashMap<>();
        try (BufferedReader file = new BufferedReader(
                new InputStreamReader(AddressFormat.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            for (String line = file.readLine(); line != null; line = file.readLine()) {
                if (!line.startsWith("#")) {
                    String[] columns = line.split("\t", -1);
                    formats.put(columns[0], new AddressFormat(columns[1], columns[2], columns[3]));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("The resource " + FILE + " cannot be read", broken);
        }
        return Map.copyOf(formats);
    }
}
