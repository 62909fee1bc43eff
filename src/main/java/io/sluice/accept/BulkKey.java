package io.sluice.accept;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.sluice.idempotency.IdempotencyKey;

/**
 * The Idempotency-Key of a stream. Each line has a key of its own, made of this and the line's number: a stream that is
 * sent again makes no second orders, and may be longer than the first one was when it broke off.
 *
 * @param caller see {@link IdempotencyKey}
 * @param hash   keeps the keys of lines short, and apart from those of single requests
 */
public record BulkKey(String caller, String hash) {
    private static final String OPERATION = "line";
    private static final byte[] NOTHING = {};

    /** @throws io.sluice.http.ProblemException 422 if it is no key */
    public static BulkKey of(String caller, String key) {
        IdempotencyKey.of(caller, key, OPERATION, NOTHING);
        return new BulkKey(caller, HexFormat.of().formatHex(ContentHash.sha256(key.getBytes(StandardCharsets.UTF_8))));
    }

    /** @param content what must be the same when the line is sent again */
    public IdempotencyKey ofLine(int number, byte[] content) {
        return IdempotencyKey.of(caller, "line " + number + " of " + hash, OPERATION, content);
    }
}
