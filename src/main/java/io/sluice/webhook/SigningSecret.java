package io.sluice.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that an endpoint shares with us, to check that messages are ours (Standard Webhooks, "Signature scheme"). */
final class SigningSecret {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    SigningSecret(byte[] key) {
        this.key = key.clone();
    }

    static SigningSecret random() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new SigningSecret(key);
    }

    byte[] key() {
        return key.clone();
    }

    /** The text that its owner is shown once. */
    String reveal() {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /**
     * Signs a message.
     *
     * @param timestamp when it is sent, in seconds since 1970
     * @return {@code v1,…}, one of the signatures in {@code webhook-signature}
     */
    String sign(String messageId, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] signature = mac.doFinal((messageId + "." + timestamp + "." + body).getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** Not the secret: this text may come into a log. */
    @Override
    public String toString() {
        return "whsec_…";
    }
}
