package io.sluice.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Refuses a body whose Content-Length exceeds {@link BodyLimit}, before any of it is read. */
class ContentLengthCheck implements RequestCheck {

    @Override
    public ProblemException refusal(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader("Content-Length");
        long limit = BodyLimit.of(request.getHeader("Content-Type"));
        // Netty has checked that these are digits and fit a long.
        return length == null || Long.parseLong(length) <= limit ? null : BodyLimit.exceeded(limit);
    }
}
