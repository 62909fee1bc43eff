package io.sluice.accept;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The Idempotency-Key of a stream. Each line has a key of its own, made of this and the line's number: a stream that is
 * sent again makes no second orders, and may be longer than the first one was when it broke off.
 *
 * @param hash keeps the keys of lines short, and apart from those of single requests
 */
record BulkKey(String hash) {
    private static final byte[] NOTHING = {};

    /** @throws io.sluice.http.ProblemException 422 if it is no key */
    static BulkKey of(String key) {
        IdempotencyKey.of(key, NOTHING);
        return new BulkKey(HexFormat.of().formatHex(ContentHash.sha256(key.getBytes(StandardCharsets.UTF_8))));
    }

    IdempotencyKey of(BulkLine line) {
        return IdempotencyKey.of("line " + line.number() + " of " + hash, line.content());
    }
}
