package io.sluice.stream;

import java.util.List;

import io.vertx.core.buffer.Buffer;

/** A batch of events as one piece of text, put together when the first client asks for it. */
final class EncodedBatch {
    private final List<LogEvent> events;
    private Buffer encoded;

    EncodedBatch(List<LogEvent> events) {
        this.events = events;
    }

    Buffer get() {
        if (encoded == null) {
            encoded = SseConnection.join(events);
        }
        return encoded;
    }
}
