package io.sluice.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** A span that has begun. {@link #NONE} does nothing. */
public final class ActiveSpan {
    /** Instead of a span, while tracing is off. */
    public static final ActiveSpan NONE = new ActiveSpan(Span.getInvalid());

    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final int FIRST_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    private final Span span;

    ActiveSpan(Span span) {
        this.span = span;
    }

    /** What continues or links to this span needs; null if there is no span. */
    public String traceparent() {
        return this == NONE ? null : Traceparent.of(span);
    }

    /** @param route for example {@code /api/orders/{id}}; null if no resource was found */
    public void endRequest(String method, String route, int status) {
        if (route != null) {
            span.updateName(method + " " + route).setAttribute(ROUTE, route);
        }
        endWith(status, FIRST_SERVER_ERROR);
    }

    /** Ends the span of a call that was answered. */
    public void endCall(int status) {
        endWith(status, FIRST_ERROR);
    }

    private void endWith(int status, int firstError) {
        span.setAttribute(STATUS, status);
        if (status >= firstError) {
            error(Integer.toString(status));
        }
        span.end();
    }

    /** @param error a word for what went wrong, without data; null if nothing did */
    public void end(String error) {
        if (error != null) {
            error(error);
        }
        span.end();
    }

    private void error(String type) {
        span.setAttribute(ERROR, type).setStatus(StatusCode.ERROR);
    }
}
