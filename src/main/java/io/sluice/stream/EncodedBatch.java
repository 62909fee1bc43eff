package io.sluice.stream;

import java.util.List;

import io.vertx.core.buffer.Buffer;

/** A batch of events as one text, joined when the first client needs it. */
final class EncodedBatch {
    private final List<LogEvent> events;
    private Buffer encoded;

    EncodedBatch(List<LogEvent> events) {
        this.events = events;
    }

    static Buffer join(List<LogEvent> events) {
        Buffer all = Buffer.buffer();
        events.forEach(event -> all.appendBuffer(event.encoded()));
        return all;
    }

    Buffer get() {
        if (encoded == null) {
            encoded = join(events);
        }
        return encoded;
    }
}
