package io.sluice.tracing;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/**
 * The identity of a span as text, {@code 00-<trace id>-<span id>-<flags>} (W3C Trace Context, section 3.2): how it is
 * stored, and sent to partners.
 */
public final class Traceparent {
    public static final String HEADER = "traceparent";
    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;
    private static final TextMapGetter<String> VALUE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String value) {
            return Collections.singleton(HEADER);
        }

        @Override
        public String get(String value, String key) {
            return HEADER.equals(key) ? value : null;
        }
    };

    private Traceparent() {}

    /** The trace id in a stored value; null if there is none. */
    public static String traceId(String traceparent) {
        return traceparent == null ? null : traceparent.substring(TRACE_ID_START, TRACE_ID_END);
    }

    static String of(Span span) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, Map::put);
        return headers.get(HEADER);
    }

    /** A context with that span, or the root context if the text is null or cannot be read. */
    static Context context(String traceparent) {
        return traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, VALUE);
    }

    static SpanContext span(String traceparent) {
        return Span.fromContext(context(traceparent)).getSpanContext();
    }
}
