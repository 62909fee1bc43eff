package io.sluice.intake;

import java.time.Duration;

import io.sluice.partner.Fetched;

/**
 * What follows from an answer of a marketplace. Plain Java.
 *
 * @param interval from the end of one import to the beginning of the next
 */
record ImportRules(Duration interval) {
    /** With more, the import stops: something is wrong with the adapter, and none of them may be lost. */
    static final int MAX_PROBLEMS = 1000;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 20;

    /**
     * Where an import stands.
     *
     * @param cursor   where the next page begins; null for the beginning
     * @param etag     of the last answer to a request with this cursor, or null
     * @param failures in a row
     */
    record Position(String cursor, String etag, int failures) {
        Position failed() {
            return new Position(cursor, etag, failures + 1);
        }
    }

    /**
     * What comes next.
     *
     * @param delay until the next page is fetched
     * @param asked whether the marketplace asked for that delay, so that a person cannot shorten it
     * @param ends  whether the import has ended
     * @param error why it ended early, or null
     */
    record Next(Position position, Duration delay, boolean asked, boolean ends, String error) {}

    /** What comes after an answer whose orders, if it has any, are stored. */
    Next after(Position at, Fetched answer) {
        if (answer instanceof Fetched.Page page) {
            return after(at, page);
        }
        if (answer instanceof Fetched.Unchanged) {
            return ended(new Position(at.cursor(), at.etag(), 0));
        }
        if (answer instanceof Fetched.Gone) {
            return at.cursor() == null
                    ? failed(at, "The marketplace says that its list of pending orders is gone.", null)
                    : new Next(new Position(null, null, 0), Duration.ZERO, false, false, null);
        }
        Fetched.Failed failed = (Fetched.Failed) answer;
        return failed(at, failed.detail(), failed.retryAfter());
    }

    private Next after(Position at, Fetched.Page page) {
        String next = page.nextCursor() == null ? at.cursor() : page.nextCursor();
        boolean moved = next != null && !next.equals(at.cursor());
        // An ETag belongs to the question: the next one is the same only if the cursor has not moved.
        Position position = new Position(next, moved ? null : page.etag(), 0);
        // A marketplace that sends empty pages for ever is not asked without a pause.
        return page.more()
                ? new Next(position, page.orders().isEmpty() ? MIN_WAIT : Duration.ZERO, false, false, null)
                : ended(position);
    }

    /** What comes after a trouble of ours or of the marketplace. */
    Next failed(Position at, String error, Duration retryAfter) {
        Position position = at.failed();
        return retryAfter == null
                ? new Next(position, backOff(position.failures()), false, true, error)
                : new Next(position, longer(retryAfter, MIN_WAIT), true, true, error);
    }

    private Next ended(Position position) {
        return new Next(position, interval, false, true, null);
    }

    /** Doubles with every failure, up to the interval. */
    private Duration backOff(int failures) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return wait.compareTo(interval) < 0 ? wait : interval;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
