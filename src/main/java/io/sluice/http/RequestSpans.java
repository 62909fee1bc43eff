package io.sluice.http;

import jakarta.inject.Singleton;

import io.sluice.tracing.ActiveSpan;
import io.sluice.tracing.LogFields;
import io.sluice.tracing.Traceparent;
import io.sluice.tracing.Traces;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;

/**
 * Traces the requests that may change something. Pages, streams and waiting reads are far more, and tell little. The
 * management port changes nothing.
 */
@Singleton
class RequestSpans {
    /** Where Quarkus REST leaves it for metrics. */
    private static final String ROUTE = "UrlPathTemplate";

    private final Traces traces;
    private final ManagementPort management;

    RequestSpans(Traces traces, ManagementPort management) {
        this.traces = traces;
        this.management = management;
    }

    void enter(RoutingContext request, boolean changes) {
        String requestId = RequestId.of(request);
        if (traces.on() && changes && !management.received(request)) {
            begin(request, requestId);
        }
        LogFields.ofPresentRequest(requestId, RequestOrigin.traceparent(request));
    }

    private void begin(RoutingContext context, String requestId) {
        HttpServerRequest request = context.request();
        String method = request.method().name();
        ActiveSpan span = traces.request(method, request.getHeader(Traceparent.HEADER), requestId);
        RequestOrigin.keep(context, span);
        context.addEndHandler(ended -> span.endRequest(method, route(request),
                context.response().getStatusCode()));
    }

    /** The path of the resource, with names instead of values; null if there is none. */
    private static String route(HttpServerRequest request) {
        return ((HttpServerRequestInternal) request).context().getLocal(ROUTE);
    }
}
