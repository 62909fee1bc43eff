package io.sluice.batch;

import java.util.List;
import java.util.Optional;

/** One page of the orders of a batch by position; {@code nextCursor} is null on the last one. */
public record BatchItemPage(List<BatchItemView> items, String nextCursor) {

    /** The position at which the page with this {@code nextCursor} ended; empty if it is not a cursor. */
    static Optional<Integer> position(String cursor) {
        try {
            return Optional.of(Integer.parseUnsignedInt(cursor));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }
}
