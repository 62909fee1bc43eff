package io.sluice.http;

import java.util.regex.Pattern;

/** Entity tags of orders (RFC 9110, section 8.8.3). They are weak: the forecast in an answer is not part of the version. */
public final class ETags {

    private static final Pattern NUMBER = Pattern.compile("\"(\\d{1,9})\"");

    private ETags() {}

    public static String of(int version) {
        return "W/\"" + version + "\"";
    }

    /** Whether an {@code If-None-Match} header matches this version, by weak comparison. */
    public static boolean matches(String ifNoneMatch, int version) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String tag : ifNoneMatch.split(",")) {
            String plain = tag.trim();
            if (plain.equals("*")
                    || (plain.startsWith("W/") ? plain.substring(2) : plain).equals("\"" + version + "\"")) {
                return true;
            }
        }
        return false;
    }

    /** The newest version in an {@code If-None-Match} header; 0 if there is none. */
    public static int newestIn(String ifNoneMatch) {
        return NUMBER.matcher(ifNoneMatch)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(0);
    }
}
