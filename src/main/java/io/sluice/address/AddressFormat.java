package io.sluice.address;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Google's address metadata says about the addresses of one country. The data is in the resource
 * {@code addresses/formats.tsv}.
 */
public final class AddressFormat {
    private static final String UNKNOWN_COUNTRY = "ZZ";
    private static final Map<String, AddressFormat> BY_COUNTRY = load();

    private final String required;
    private final Layout local;
    private final Layout latin;
    private final Pattern postalCode;

    private AddressFormat(String required, String local, String latin, String postalCode) {
        this.required = required;
        this.local = Layout.of(local);
        this.latin = latin.isEmpty() ? this.local : Layout.of(latin);
        this.postalCode = Pattern.compile(postalCode, Pattern.CASE_INSENSITIVE);
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

    /** The usual form of a postal code; matches nothing but the empty text where the data has none. */
    Pattern postalCode() {
        return postalCode;
    }

    private static Map<String, AddressFormat> load() {
        Map<String, AddressFormat> formats = new HashMap<>();
        for (String[] columns : Table.rows("formats.tsv")) {
            formats.put(columns[0], new AddressFormat(columns[1], columns[2], columns[3], columns[4]));
        }
        return Map.copyOf(formats);
    }
}
