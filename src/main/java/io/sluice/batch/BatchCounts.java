package io.sluice.batch;

/** How the orders of a batch stand; the others add up to {@code total}. */
public record BatchCounts(int total, int waiting, int handling, int delayed, int handled, int failed, int cancelled) {

    /** Whether nothing more will happen unless somebody retries. */
    boolean settled() {
        return handled + failed + cancelled == total;
    }
}
