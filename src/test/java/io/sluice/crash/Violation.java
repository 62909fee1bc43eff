package io.sluice.crash;

/** An invariant that does not hold, and the order for which it does not. */
record Violation(Invariant invariant, OrderStory order, String what) {

    /** What is promised of every order that was accepted. */
    enum Invariant {
        ACCOUNTED_FOR("accepted = HANDLED + FAILED + CANCELLED + open"), ONE_EFFECT(
                "one effect a step and order at the partner"), PLAN_ORDER(
                        "step sequence strictly in plan order"), EXPECTED_END("the order ends as the scenario has it");

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
