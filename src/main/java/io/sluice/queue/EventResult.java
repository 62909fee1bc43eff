package io.sluice.queue;

import io.sluice.http.Problem;

/**
 * What has become of an event.
 *
 * @param problem why it was refused; null otherwise
 */
public record EventResult(Outcome outcome, Problem problem) {

    /** Decides what the broker is told. */
    public enum Outcome {
        /** The order is stored. */
        ACCEPTED,
        /** The order was stored before. */
        KNOWN,
        /** The order cannot be stored, now or later. */
        REJECTED,
        /** The order could not be stored now. */
        POSTPONED
    }

    public static EventResult of(Outcome outcome) {
        return new EventResult(outcome, null);
    }

    public static EventResult rejected(Problem problem) {
        return new EventResult(Outcome.REJECTED, problem);
    }
}
