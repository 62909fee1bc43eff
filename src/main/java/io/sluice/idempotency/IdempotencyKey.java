package io.sluice.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.sluice.http.ProblemException;

/**
 * A request's Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param caller      who sent it: each caller has keys of their own; empty if callers are not distinguished
 * @param requestHash SHA-256 of operation and body; a later request with the same key must have the same
 */
public record IdempotencyKey(String caller, String key, byte[] requestHash) {
    public static final String HEADER = "Idempotency-Key";
    public static final String REPLAYED = "Idempotency-Replayed";
    private static final int MAX_LENGTH = 255;

    /**
     * The key of a request.
     *
     * @param operation method and path
     * @throws ProblemException 422 if the key is empty, too long or not printable ASCII
     */
    public static IdempotencyKey of(String caller, String key, String operation, byte[] body) {
        if (key.isBlank() || key.length() > MAX_LENGTH || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw ProblemException
                    .invalid("An Idempotency-Key must be 1 to " + MAX_LENGTH + " printable ASCII characters.");
        }
        MessageDigest hash = sha256();
        hash.update((operation + '\n').getBytes(StandardCharsets.UTF_8));
        return new IdempotencyKey(caller, key, hash.digest(body));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
