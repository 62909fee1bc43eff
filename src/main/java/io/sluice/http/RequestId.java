package io.sluice.http;

import java.util.regex.Pattern;

import com.github.f4b6a3.uuid.UuidCreator;

import io.vertx.ext.web.RoutingContext;

/**
 * {@code X-Request-Id}: the client's, or one of ours. Every answer has it, and every line of the log about the request;
 * it is stored with an order.
 */
final class RequestId {
    private static final String HEADER = "X-Request-Id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,100}");

    private RequestId() {}

    /** The id of this request, which goes into its answer, too. */
    static String of(RoutingContext request) {
        String known = request.response().headers().get(HEADER);
        if (known != null) {
            return known;
        }
        String sent = request.request().getHeader(HEADER);
        String id = sent != null && SANE.matcher(sent).matches() ? sent : UuidCreator.getTimeOrderedEpoch().toString();
        if (!request.response().headWritten()) {
            request.response().putHeader(HEADER, id);
        }
        return id;
    }
}
