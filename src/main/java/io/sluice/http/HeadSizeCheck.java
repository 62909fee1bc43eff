package io.sluice.http;

import java.util.Map;

import io.vertx.ext.web.RoutingContext;

/**
 * Refuses long addresses and header sections. The server's own limits
 * ({@code quarkus.http.limits.max-initial-line-length}, {@code max-header-size}) are higher: beyond them it closes the
 * connection with an empty answer that cannot be replaced.
 */
class HeadSizeCheck implements RequestCheck {

    static final int MAX_URI_CHARS = 8 << 10;
    static final int MAX_HEADERS_CHARS = 16 << 10;

    @Override
    public ProblemException refusal(RoutingContext request) {
        if (request.request().uri().length() > MAX_URI_CHARS) {
            return ProblemException.of(ProblemType.URI_TOO_LONG,
                    "The address is longer than " + MAX_URI_CHARS + " characters. Send a shorter one.");
        }
        int size = 0;
        for (Map.Entry<String, String> header : request.request().headers()) {
            size += header.getKey().length() + header.getValue().length();
        }
        return size <= MAX_HEADERS_CHARS
                ? null
                : ProblemException.of(ProblemType.HEADERS_TOO_LARGE,
                        "The header fields have more than " + MAX_HEADERS_CHARS
                                + " characters in total. Send fewer or shorter ones.");
    }
}
