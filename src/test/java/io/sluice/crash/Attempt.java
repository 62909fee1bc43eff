package io.sluice.crash;

import java.time.Instant;

/** An attempt in the history of an order. */
record Attempt(String step, int attempt, String outcome, Instant startedAt, Instant finishedAt, String reason,
        String actor) {

    boolean succeeded() {
        return outcome.equals("SUCCEEDED");
    }

    @Override
    public String toString() {
        return "%s … %s  %-20s #%d  %-9s by %s%s".formatted(startedAt, finishedAt, step, attempt, outcome, actor,
                reason == null ? "" : ": " + reason);
    }
}
