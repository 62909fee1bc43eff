package io.sluice.crash;

/** A violated invariant of an order. */
record Violation(Invariant invariant, OrderStory order, String what) {

    /** The invariants of every accepted order. */
    enum Invariant {
        ACCOUNTED_FOR("accepted = HANDLED + FAILED + CANCELLED + open"), ONE_EFFECT(
                "one effect per step and order at the partner"), PLAN_ORDER(
                        "step sequence strictly in plan order"), EXPECTED_END("the order ends as the scenario expects");

        private final String words;

        Invariant(String words) {
            this.words = words;
        }
    }

    @Override
    public String toString() {
        return "Broken: \"%s\" for order %s: %s".formatted(invariant.words, order.id(), what);
    }
}
