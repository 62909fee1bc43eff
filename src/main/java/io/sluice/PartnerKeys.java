package io.sluice;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration keys of named partners, such as {@code sluice.partners.carrier.dhl.url}. */
final class PartnerKeys {

    private static final Pattern VARIABLE = Pattern.compile(
            "SLUICE_PARTNERS_(?!(?:CARRIER|PRINTER)_.*_INTAKE$)(CARRIER|PRINTER|MARKETPLACE)__?"
                    + "([A-Z0-9]+(?:_[A-Z0-9]+)*)__?(URL|CHANNELS|COUNTRIES|INTAKE)");
    private static final Pattern RULE = Pattern.compile("sluice\\.partners\\.(carrier|printer|marketplace)\\."
            + "([a-z0-9-]+)\\.(?:channels|countries)(?:\\[\\d+])?");

    private static final Pattern OF_DEFAULT = Pattern.compile("(?:CARRIER|PRINTER|MARKETPLACE)_"
            + "(?:URL|CHANNELS|COUNTRIES)|MARKETPLACE_INTAKE");
    /** What {@code PartnerConfig} has besides the partners. */
    static final Set<String> OF_ALL = Set.of("TIMEOUT_MS", "MAX_IN_FLIGHT", "MAX_RATE", "BREAKER_CALLS", "PROBE_DELAY",
            "PROBE_MAX_DELAY", "RESUME_RATE");
    private static final String PREFIX = "SLUICE_PARTNERS_";

    private PartnerKeys() {}

    /**
     * What environment variables say of named partners. Quarkus reads them too, but does not find a partner by them
     * whose name has a dash, because a variable cannot tell a dash from a dot. It also ignores variables that it does
     * not know, and a partner whose countries are misspelled would take no order.
     *
     * @throws StartFailure if a variable of partners is misspelled
     */
    static Map<String, String> ofEnvironment(Map<String, String> environment) {
        Map<String, String> values = new LinkedHashMap<>();
        environment.forEach((variable, value) -> {
            Matcher parts = VARIABLE.matcher(variable);
            if (variable.startsWith(PREFIX) && !parts.matches()) {
                String rest = variable.substring(PREFIX.length());
                if (!OF_ALL.contains(rest) && !OF_DEFAULT.matcher(rest).matches()) {
                    throw new StartFailure(variable + ": there is no such setting; partners are declared by "
                            + PREFIX
                            + "<CARRIER, PRINTER or MARKETPLACE>_<name>_<URL, CHANNELS, COUNTRIES or, of a marketplace, INTAKE>");
                }
            }
            if (parts.matches() && !value.isBlank()) {
                values.put("sluice.partners." + lower(parts.group(1)) + "." + lower(parts.group(2)).replace('_', '-')
                        + "." + lower(parts.group(3)), value);
            }
        });
        return values;
    }

    /** The URLs that named partners with a rule have at a simulator, by their keys. */
    static Map<String, String> simulatorUrls(Iterable<String> keys, String simulatorUrl) {
        Map<String, String> urls = new LinkedHashMap<>();
        for (String key : keys) {
            Matcher parts = RULE.matcher(key);
            if (parts.matches()) {
                String kind = parts.group(1);
                String name = parts.group(2);
                urls.put("sluice.partners." + kind + "." + name + ".url", simulatorUrl + "/" + kind + "s/" + name);
            }
        }
        return urls;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
