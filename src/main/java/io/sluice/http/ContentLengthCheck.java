package io.sluice.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses a body whose Content-Length exceeds {@link BodyLimit#MAX_BYTES}, before any of it is read. A body of lines
 * ({@code application/x-ndjson}) is read line by line and has no total limit.
 */
class ContentLengthCheck implements RequestCheck {

    private static final String LINES = "application/x-ndjson";

    @Override
    public ProblemException refusal(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader("Content-Length");
        if (length == null || !tooLong(length)) {
            return null;
        }
        String type = request.getHeader("Content-Type");
        boolean stream = type != null && type.regionMatches(true, 0, LINES, 0, LINES.length());
        return stream ? null : BodyLimit.exceeded();
    }

    private static boolean tooLong(String length) {
        // Netty has checked that these are digits and fit a long.
        return Long.parseLong(length) > BodyLimit.MAX_BYTES;
    }
}
