package io.sluice.apikey;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a program sends: {@code sluice_}, the key's public id, a random secret of 256 bits, and a checksum. The beginning
 * and the checksum let scanners of source code find keys with certainty.
 *
 * @param id   the public part; tells keys apart in lists and logs
 * @param text all of it
 */
record KeyText(String id, String text) {
    static final String PREFIX = "sluice_";

    private static final int ID = 10;
    private static final int SECRET = 43; // 62^43 > 2^256
    private static final int CHECKSUM = 6;
    private static final Pattern FORM = Pattern
            .compile(PREFIX + "([0-9A-Za-z]{" + ID + "})_([0-9A-Za-z]{" + SECRET + "})([0-9A-Za-z]{" + CHECKSUM + "})");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Whether a key can have this id. */
    static boolean isId(String text) {
        return text.matches("[0-9A-Za-z]{" + ID + "}");
    }

    /** A new key. */
    static KeyText random() {
        String id = digits(new BigInteger(59, RANDOM), ID);
        String text = PREFIX + id + "_" + digits(new BigInteger(256, RANDOM), SECRET);
        return new KeyText(id, text + checksum(text));
    }

    /** Empty if the text is no key, or was not copied completely. */
    static Optional<KeyText> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String body = text.substring(0, text.length() - CHECKSUM);
        return checksum(body).equals(form.group(3)) ? Optional.of(new KeyText(form.group(1), text)) : Optional.empty();
    }

    /** What is stored. A secret of 256 random bits cannot be guessed, so that the hash need not be slow. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }

    private static String checksum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(sum.getValue()), CHECKSUM);
    }

    private static String digits(BigInteger number, int length) {
        StringBuilder digits = new StringBuilder();
        BigInteger rest = number;
        for (int i = 0; i < length; i++) {
            BigInteger[] divided = rest.divideAndRemainder(BigInteger.valueOf(DIGITS.length()));
            digits.append(DIGITS.charAt(divided[1].intValue()));
            rest = divided[0];
        }
        return digits.reverse().toString();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return PREFIX + id;
    }
}
