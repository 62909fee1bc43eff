package io.sluice.address;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Countries by their ISO 3166-1 alpha-2 codes, in capitals, and Kosovo. */
public final class Countries {
    private static final Set<String> CODES = codes();
    /** Looking a name up in the JDK takes as long as laying out an address. */
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private Countries() {}

    public static boolean isCode(String code) {
        return CODES.contains(code);
    }

    /** The English name of a country. */
    public static String name(String code) {
        return NAMES.computeIfAbsent(code,
                region -> new Locale.Builder().setRegion(region).build().getDisplayCountry(Locale.ENGLISH));
    }

    /** The ISO 3166-1 alpha-3 code of a country; its alpha-2 code if it has none, as Kosovo. */
    static String alpha3(String code) {
        try {
            return new Locale.Builder().setRegion(code).build().getISO3Country();
        } catch (MissingResourceException none) {
            return code;
        }
    }

    /** Kosovo has its code by custom only, but every shop and every carrier uses it. */
    private static Set<String> codes() {
        Set<String> codes = new HashSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
        codes.add("XK");
        return Set.copyOf(codes);
    }
}
