package io.sluice.http;

import io.sluice.tracing.ActiveSpan;
import io.sluice.tracing.Origin;
import io.vertx.ext.web.RoutingContext;

/** What is stored about a request with what it changes. */
public final class RequestOrigin {
    private static final String SPAN = RequestOrigin.class.getName();

    private RequestOrigin() {}

    public static Origin of(RoutingContext request) {
        return new Origin(RequestId.of(request), traceparent(request));
    }

    /** The span of the request; null if it is not traced. */
    static String traceparent(RoutingContext request) {
        ActiveSpan span = request.get(SPAN);
        return span == null ? null : span.traceparent();
    }

    static void keep(RoutingContext request, ActiveSpan span) {
        request.put(SPAN, span);
    }
}
