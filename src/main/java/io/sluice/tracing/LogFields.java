package io.sluice.tracing;

import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.MDC;

/**
 * Says what the lines are about that are logged while this is open. The fields are those of the logging framework's
 * MDC: text lines end with them ({@link FieldsAtTheEnd}), JSON lines have them as members.
 */
public final class LogFields implements AutoCloseable {
    private final List<String> names = new ArrayList<>();

    private LogFields() {}

    public static LogFields order(Object id) {
        return new LogFields().with("orderId", id);
    }

    public static LogFields batch(Object id) {
        return new LogFields().with("batchId", id);
    }

    public static LogFields partner(String name) {
        return new LogFields().with("partner", name);
    }

    /** For all that is logged while the present request is handled. */
    public static void ofPresentRequest(String requestId, String traceparent) {
        new LogFields().with("requestId", requestId).trace(traceparent);
    }

    /** A field without a value is left out. */
    public LogFields with(String name, Object value) {
        if (value != null) {
            MDC.put(name, value.toString());
            names.add(name);
        }
        return this;
    }

    public LogFields trace(String traceparent) {
        return with("traceId", Traceparent.traceId(traceparent));
    }

    @Override
    public void close() {
        names.forEach(MDC::remove);
    }
}
