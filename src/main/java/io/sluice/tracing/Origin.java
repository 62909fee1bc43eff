package io.sluice.tracing;

/**
 * The request that a change comes from. It is stored with what was changed, so that a client's id leads there and the
 * trace goes on in another process.
 *
 * @param requestId   its {@code X-Request-Id}; null if it was no HTTP request
 * @param traceparent its span, see {@link Traceparent}; null if it is not traced
 */
public record Origin(String requestId, String traceparent) {
    /** Of a change that no request has asked for. */
    public static final Origin NONE = new Origin(null, null);
}
