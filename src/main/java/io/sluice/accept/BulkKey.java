package io.sluice.accept;

/**
 * The Idempotency-Key of a stream. Each line has a key of its own, made of this and the line's number: a stream that is
 * sent again makes no second orders, and may be longer than the first one was when it broke off.
 */
record BulkKey(String key) {
    private static final byte[] NOTHING = {};

    /** @throws io.sluice.http.ProblemException 422 if the key of a line could not be one */
    static BulkKey of(String key) {
        IdempotencyKey.of(key, NOTHING);
        IdempotencyKey.of(line(key, Integer.MAX_VALUE), NOTHING);
        return new BulkKey(key);
    }

    IdempotencyKey of(BulkLine line) {
        return IdempotencyKey.of(line(key, line.number()), line.content());
    }

    private static String line(String key, int number) {
        return key + "/" + number;
    }
}
