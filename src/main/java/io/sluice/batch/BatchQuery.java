package io.sluice.batch;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.store.PageCursor;

/** Reads the query parameters of lists; each method throws a {@link ProblemException}, 422, naming the one that is wrong. */
final class BatchQuery {
    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;

    private BatchQuery() {}

    static <E extends Enum<E>> Set<E> statuses(List<String> statuses, Class<E> type) {
        Set<E> wanted = EnumSet.noneOf(type);
        statuses.forEach(status -> wanted.add(QueryParameters.constant("status", status, type)));
        return wanted;
    }

    static int limit(String limit) {
        return QueryParameters.integer("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
    }

    /** Where the page before ended, or null. */
    static PageCursor cursor(String cursor) {
        return cursor == null || cursor.isBlank()
                ? null
                : PageCursor.decode(cursor).orElseThrow(BatchQuery::notOurs);
    }

    /** The last position of the page before, or 0. */
    static int position(String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(cursor);
        } catch (NumberFormatException notOurs) {
            throw notOurs();
        }
    }

    private static ProblemException notOurs() {
        return ProblemException.invalidParameter("cursor", "This is not a cursor that a page has given out.");
    }
}
