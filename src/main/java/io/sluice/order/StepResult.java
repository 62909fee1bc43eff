package io.sluice.order;

import java.time.Duration;

/** What came of one call to a partner: data, not an exception. {@link HandlingRules} alone decides what follows. */
public sealed interface StepResult {

    /** Why the step was not carried out; null if it was. */
    Reason reason();

    /**
     * The partner did it.
     *
     * @param shipment what the carrier gave back, or null for the other steps
     * @param note     what the history should say beyond "done", or null
     */
    record Done(Shipment shipment, Reason note) implements StepResult {
        public static final Done PLAIN = new Done(null, null);

        @Override
        public Reason reason() {
            return null;
        }
    }

    /** The partner understood and said no; asking again would not help. */
    record Refused(Reason reason) implements StepResult {}

    /**
     * The partner could not, this time.
     *
     * @param retryAfter how long the partner asked to be left alone, or null
     */
    record Unavailable(Reason reason, Duration retryAfter) implements StepResult {}

    /**
     * No answer came back: the effect may or may not have happened.
     *
     * @param retryAfter how long the partner, when asked what had happened, asked to be left alone, or null
     */
    record NoAnswer(Reason reason, Duration retryAfter) implements StepResult {
        public NoAnswer(Reason reason) {
            this(reason, null);
        }
    }

    /**
     * The partner is down or paused. The order waits until it works again, and spends no attempt.
     *
     * @param outcomeUnknown   whether a call went out, and its answer is not known
     * @param givesAttemptsBack whether the attempts that the step has spent so far were the partner's fault, too
     */
    record Held(Partner by, Reason reason, boolean outcomeUnknown, boolean givesAttemptsBack) implements StepResult {}

    /**
     * The step is to be done later, and no attempt is spent: the partner is busy, or the failure does not count.
     *
     * @param outcomeUnknown whether a call went out, and its answer is not known
     */
    record Postponed(Reason reason, Duration delay, boolean outcomeUnknown) implements StepResult {
        /** Nothing was sent. */
        public Postponed(Reason reason, Duration delay) {
            this(reason, delay, false);
        }
    }
}
