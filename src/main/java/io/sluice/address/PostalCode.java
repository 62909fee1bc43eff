package io.sluice.address;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A postal code without the prefix of its country, which the layout brings where the post wants one: {@code D-10117}
 * and {@code DE 10117} are {@code 10117}. Where letters are part of the code, as in {@code LV-1010}, they are added.
 */
final class PostalCode {
    /**
     * The signs that cars carry abroad, where they differ from the codes of the country. Mail within Europe had them
     * before the postal code.
     */
    private static final Map<String, String> SIGNS = Map.ofEntries(Map.entry("AT", "A"), Map.entry("AX", "FI|FIN|SF"),
            Map.entry("BE", "B"), Map.entry("DE", "D"), Map.entry("ES", "E"),
            Map.entry("FI", "FIN|SF"), Map.entry("FR", "F"), Map.entry("GB", "UK"), Map.entry("HU", "H"),
            Map.entry("IE", "IRL"), Map.entry("IT", "I"), Map.entry("JP", "J"), Map.entry("KR", "ROK"),
            Map.entry("LI", "FL|CH"), Map.entry("LU", "L"), Map.entry("MC", "F"), Map.entry("MT", "M"),
            Map.entry("NO", "N"), Map.entry("PT", "P"), Map.entry("RU", "RUS"), Map.entry("SE", "S"),
            Map.entry("SI", "SLO"), Map.entry("SJ", "N|NO"), Map.entry("SM", "RSM|I"), Map.entry("VA", "V|I"),
            Map.entry("XK", "RKS"));

    private static final Pattern SEPARATORS = Pattern.compile("[\\s-]+");
    /** Google's form allows a blank that the mail of these countries does not write. */
    private static final Set<String> UNSEPARATED = Set.of("BN", "FR");

    private static final Map<String, Pattern> PREFIXES = new ConcurrentHashMap<>();

    private PostalCode() {}

    /** A code as the country's mail writes it; as it was sent, without a prefix, if it is not of the usual form. */
    static String written(String sent, String country) {
        String code = sent.replace("〒", "").strip();
        String bare = prefix(country).matcher(code).replaceFirst("");
        return Stream.of(code, bare, country + bare, country + "-" + bare)
                .map(candidate -> usual(candidate.toUpperCase(Locale.ROOT), country))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(bare);
    }

    /** The code in its usual form: with its hyphen or blank, if the form has one; null if it is not of that form. */
    private static String usual(String code, String country) {
        Pattern usual = AddressFormat.of(country).postalCode();
        String letters = SEPARATORS.matcher(code).replaceAll("");
        return Stream
                .concat(UNSEPARATED.contains(country) ? Stream.empty() : separated(letters), Stream.of(letters, code))
                .filter(candidate -> usual.matcher(candidate).matches())
                .findFirst()
                .orElse(null);
    }

    private static Stream<String> separated(String letters) {
        return Stream.of("-", " ")
                .flatMap(separator -> IntStream.range(1, letters.length())
                        .mapToObj(at -> letters.substring(0, at) + separator + letters.substring(at)));
    }

    /** Whether {@code text} of a layout is the prefix of the country, as in {@code SE-111 51}. */
    static boolean isPrefix(String text, String country) {
        return prefix(country).matcher(text + "0").replaceFirst("").equals("0");
    }

    private static Pattern prefix(String country) {
        return PREFIXES.computeIfAbsent(country, code -> Pattern.compile("^(?:" + code + "|" + Countries.alpha3(code)
                + "|" + SIGNS.getOrDefault(code, code) + ")(?:[\\s.-]+|(?=\\d))", Pattern.CASE_INSENSITIVE));
    }
}
