package io.sluice.order;

import java.time.Duration;

/** What came of one call to a partner: data, not an exception. {@link HandlingRules} alone decides what follows. */
public sealed interface StepResult {

    /**
     * The partner did it.
     *
     * @param shipment what the carrier gave back, or null for the other steps
     * @param note     what the history should say beyond "done", or null
     */
    record Done(Shipment shipment, Reason note) implements StepResult {
        public static final Done PLAIN = new Done(null, null);
    }

    /** The partner understood and said no; asking again would not help. */
    record Refused(Reason reason) implements StepResult {}

    /**
     * The partner could not, this time.
     *
     * @param retryAfter how long the partner asked to be left alone, or null
     */
    record Unavailable(Reason reason, Duration retryAfter) implements StepResult {}

    /** No answer came back: the effect may or may not have happened. */
    record NoAnswer(Reason reason) implements StepResult {}
}
