package io.sluice.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Keyboard layouts under which a scanner that types like an American keyboard types other characters than it read. Only
 * keys that occur in ids count: digits, the hyphen, the underscore, and letters. Other punctuation is ignored anyway.
 *
 * @param typed what appears, character by character
 * @param meant what the scanner has read
 * @param digits how many digits the meaning must have at least; else a name might be taken for an id
 */
record ScannerLayout(String typed, String meant, int digits) {
    private static final List<ScannerLayout> ALL = List.of(
            // German, Austrian
            new ScannerLayout("ß?yz", "-_zy", 1),
            // Swiss, Croatian, Slovenian, Serbian
            new ScannerLayout("'?yz", "-_zy", 1),
            // Spanish, Italian, Portuguese; Danish, Norwegian, Swedish, Finnish; Dutch, Turkish
            new ScannerLayout("'+/*´?", "-----_", 1),
            // Hungarian
            new ScannerLayout("üöyz", "-0zy", 1),
            // Icelandic
            new ScannerLayout("ö", "-", 1),
            // Czech, Slovak
            new ScannerLayout("=+ěščřžýáíéľť%yz", "-123456789025_zy", 3),
            // French
            new ScannerLayout(")&é\"'(-è_çà!°aqzw,", "-1234567890/_qawzm", 3),
            // Belgian
            new ScannerLayout(")&é\"'(§è!çà=°aqzw,", "-1234567890/_qawzm", 3),
            // Russian, Ukrainian
            new ScannerLayout("йцукенгшщзфывапролдячсмитьі", "qwertyuiopasdfghjklzxcvbnms", 1),
            // Greek
            new ScannerLayout(";ςερτυθιοπασδφγηξκλζχψωβνμ", "qwertyuiopasdfghjklzxcvbnm", 1),
            // Hebrew
            new ScannerLayout("/'קראטוןםפשדגכעיחלךזסבהנמצ", "qwertyuiopasdfghjklzxcvbnm", 1));

    /** What {@code word} may have been meant to be, under each layout that changes it into an id. */
    static List<String> meanings(String word) {
        List<String> meanings = new ArrayList<>();
        for (ScannerLayout layout : ALL) {
            String meaning = layout.meaning(word);
            if (!meaning.equals(word) && meaning.chars().filter(c -> c >= '0' && c <= '9').count() >= layout.digits) {
                meanings.add(meaning);
            }
        }
        return meanings;
    }

    private String meaning(String word) {
        StringBuilder meaning = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            int key = typed.indexOf(word.charAt(i));
            meaning.append(key < 0 ? word.charAt(i) : meant.charAt(key));
        }
        return meaning.toString();
    }
}
