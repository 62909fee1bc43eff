package io.sluice.partner;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** What a marketplace answered when it was asked for pending orders. */
public sealed interface Fetched {

    /**
     * @param orders     as the marketplace sent them; nothing about them is checked but that they can be read
     * @param nextCursor where the next page begins; null if that is where this one began
     * @param more       whether there is a next page already
     * @param etag       of this answer, or null
     */
    record Page(List<Entry> orders, String nextCursor, boolean more, String etag) implements Fetched {}

    /**
     * An entry of a page.
     *
     * @param order what could be read of it
     * @param fault why the rest could not, as a sentence; null if all of it could
     */
    record Entry(JsonNode order, String fault) {

        public static Entry of(JsonNode order) {
            return new Entry(order, null);
        }
    }

    /** Nothing has changed since the answer whose ETag was sent along. */
    record Unchanged() implements Fetched {}

    /** The marketplace does not know the cursor any more, or has no such pending order. */
    record Gone() implements Fetched {}

    /**
     * There is no usable answer.
     *
     * @param detail     a sentence for a person
     * @param retryAfter how long the marketplace wants to be left alone; null if it did not say
     */
    record Failed(String detail, Duration retryAfter) implements Fetched {}
}
