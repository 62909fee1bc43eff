package io.sluice.idempotency;

import java.util.UUID;

/**
 * The answer to a request with a key.
 *
 * @param status  200 to 204, or 409
 * @param body    JSON, or with 409 what was wrong; null if there is none, or if the order it shows has been erased since
 * @param headers JSON of the headers that go with it; null if there are none
 * @param orderId the order that the body shows, or null
 */
public record StoredAnswer(int status, String body, String headers, UUID orderId) {
    public static final int CONFLICT = 409;
}
