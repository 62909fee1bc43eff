package io.sluice.sse;

import io.vertx.core.buffer.Buffer;

/** The text of an event stream (WHATWG HTML, section 9.2.6). */
public final class EventText {
    /** How soon a browser reconnects. */
    private static final int RETRY_MS = 1000;

    private EventText() {}

    /** The start of a stream. */
    public static Buffer opening() {
        return Buffer.buffer("retry: " + RETRY_MS + "\n\n");
    }

    /**
     * The start of a stream whose client resumes after {@code id} if it loses the connection before the first event.
     */
    public static Buffer opening(Object id) {
        return Buffer.buffer("retry: " + RETRY_MS + "\nid: " + id + "\n\n");
    }

    /** An event that a client can resume after; {@code data} is one line. */
    public static Buffer event(Object id, String name, Buffer data) {
        return Buffer.buffer("id: " + id + "\nevent: " + name + "\ndata: ").appendBuffer(data).appendString("\n\n");
    }

    /** An event without an id; {@code data} may have several lines. */
    public static Buffer event(String name, String data) {
        Buffer text = Buffer.buffer("event: " + name + "\n");
        data.lines().forEach(line -> text.appendString("data: ").appendString(line).appendString("\n"));
        if (data.isEmpty()) {
            text.appendString("data:\n"); // Without a data field, no event is dispatched.
        }
        return text.appendString("\n");
    }

    /** A line that clients ignore; it keeps the connection alive. */
    static Buffer comment() {
        return Buffer.buffer(":\n\n");
    }
}
