package io.sluice.accept;

import io.sluice.http.ProblemException;

/**
 * A request's Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param requestHash SHA-256 of the request's body; a later request with the same key must have the same
 */
record IdempotencyKey(String key, byte[] requestHash) {
    private static final int MAX_LENGTH = 255;

    /** @throws ProblemException 422 if the key is empty, too long or not printable ASCII */
    static IdempotencyKey of(String key, byte[] body) {
        if (key.isBlank() || key.length() > MAX_LENGTH || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw ProblemException
                    .invalid("An Idempotency-Key must be 1 to " + MAX_LENGTH + " printable ASCII characters.");
        }
        return new IdempotencyKey(key, ContentHash.sha256(body));
    }
}
