package io.sluice.batch;

/**
 * How the orders of a batch stand; the others add up to {@code total}. The function {@code batch_counts} of the
 * database counts them.
 *
 * @param waiting those that have not begun, and, once the batch was stopped or aborted, those that it did without
 */
public record BatchCounts(int total, int waiting, int handling, int delayed, int handled, int failed, int cancelled) {

    /** Those that have come to a result, be it only until a person retries. */
    int settled() {
        return handled + failed + cancelled;
    }
}
