package io.sluice.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;

/** An e-mail address by which orders of the same person are recognised: case and outer blanks do not matter. */
public record Email(String normal) {

    public Email {
        normal = Normalizer.normalize(normal.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Whether the text is this address. The text may be null. */
    public boolean is(String text) {
        return text != null && new Email(text).equals(this);
    }

    /** SHA-256. It tells whether an address is this one, without the address. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(normal.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Not the address: this may come into a log. */
    @Override
    public String toString() {
        return "an e-mail address";
    }
}
