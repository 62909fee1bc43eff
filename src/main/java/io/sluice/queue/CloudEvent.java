package io.sluice.queue;

import io.sluice.json.InputObject;

/**
 * A message that asks for an order to be accepted.
 *
 * @param source where it comes from, a URI reference
 * @param id     unique within its source; together they identify the event
 * @param traceparent the sender's span, by the extension for distributed tracing; null if there is none
 * @param data        the order
 */
public record CloudEvent(String source, String id, String traceparent, InputObject data) {
    /** The one type that is taken. */
    static final String TYPE = "io.sluice.order.submit";
    static final String VERSION = "1.0";
}
