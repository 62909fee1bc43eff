package io.sluice.stream;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * A part of the event log.
 *
 * @param nextCursor what to send as {@code after} to go on; never null
 * @param more       whether there may be more events now
 */
public record EventPage(List<Item> items, String nextCursor, boolean more) {

    /** One event: what a stream sends as its id, its name and its data. */
    public record Item(String id, String event, @JsonRawValue String data) {
        static Item of(LogEvent event) {
            return new Item(event.position().toString(), event.kind(), event.data().toString());
        }
    }
}
