package io.sluice.crash;

/**
 * Something that is promised of batches and does not hold.
 *
 * @param batch its id
 */
record BatchViolation(Invariant invariant, String batch, String what) {

    /** What is promised of every batch. */
    enum Invariant {
        IN_SEQUENCE(
                "an ordered step is carried out in the sequence of the batch, but for marked orders"), MARKED_WITH_REASON(
                        "only an order that was held up for a reason of its own is marked"), STANDS_STILL(
                                "no order is overtaken because the partner of the lane is down or paused"), HELD(
                                        "only the holder of a lane writes attempts there and moves its cursor"), UNDIVIDED(
                                                "at an ordered step, batches go one after the other"), ONCE(
                                                        "every step is carried out once for an order"), NOT_ASKED_AGAIN(
                                                                "no partner is asked for what it has done: one that forgets would do it again"), NONE_FORGOTTEN(
                                                                        "every order asked for is named, and has come to a result"), COUNTS_ADD_UP(
                                                                                "the counts add up to the total at every event"), LAST_WORD(
                                                                                        "the last event says what the API says"), STATUS_SEQUENCE(
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
