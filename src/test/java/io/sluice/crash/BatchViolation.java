package io.sluice.crash;

/**
 * A violated batch invariant.
 *
 * @param batch the id of the batch
 */
record BatchViolation(Invariant invariant, String batch, String what) {

    /** The invariants of every batch. */
    enum Invariant {
        IN_SEQUENCE(
                "an ordered step runs in the sequence of the batch, except for marked orders"), MARKED_WITH_REASON(
                        "only an order that was held up is marked"), UNDIVIDED(
                                "at an ordered step, batches run one after another"), ONCE(
                                        "every step runs once per order"), NOT_ASKED_AGAIN(
                                                "no partner receives a completed request again"), NONE_FORGOTTEN(
                                                        "every requested order is taken or rejected, and has an end"), COUNTS_ADD_UP(
                                                                "the counts add up to the total at every event"), LAST_WORD(
                                                                        "the last event matches the API"), STATUS_SEQUENCE(
                                                                                "a batch that has ended runs again only if it is retried");

        private final String words;

        Invariant(String words) {
            this.words = words;
        }
    }

    @Override
    public String toString() {
        return "Broken: \"%s\" for batch %s: %s".formatted(invariant.words, batch, what);
    }
}
