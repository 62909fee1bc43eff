package io.sluice.json;

import java.util.Collection;
import java.util.Locale;

/** Guesses which field or parameter a misspelt name stands for. */
public final class NearestName {

    private static final int MAX_EDITS = 2;
    private static final int MAX_LENGTH = 40;

    private NearestName() {}

    /** The known name within two edits of {@code name}, ignoring case; null if there is none. */
    public static String of(String name, Collection<String> known) {
        String nearest = null;
        int fewest = MAX_EDITS + 1;
        for (String candidate : known) {
            int edits = name.length() > MAX_LENGTH
                    ? fewest
                    : edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits < fewest && edits < candidate.length()) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
