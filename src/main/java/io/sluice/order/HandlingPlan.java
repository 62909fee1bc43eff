package io.sluice.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps every order takes, in their sequence, and which of them run in batch order.
 *
 * @param steps        at least one, none twice
 * @param orderedSteps the steps that run in single file, in plan order; a subset of {@code steps}
 */
public record HandlingPlan(List<Step> steps, List<Step> orderedSteps) {

    /** @throws IllegalArgumentException if a step is missing, doubled, or ordered without being in the plan */
    public HandlingPlan {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a plan needs at least one step");
        }
        for (Step step : steps) {
            if (step == Step.VOID_SHIPMENT) {
                throw new IllegalArgumentException(
                        "step 'void-shipment' undoes what create-shipment did when an order is"
                                + " cancelled; it is part of no plan");
            }
            if (steps.indexOf(step) != steps.lastIndexOf(step)) {
                throw new IllegalArgumentException("step '" + step.wireName() + "' is listed twice");
            }
        }
        for (Step step : orderedSteps) {
            if (!steps.contains(step)) {
                throw new IllegalArgumentException("ordered step '" + step.wireName() + "' is not a step of the plan");
            }
        }
        List<Step> inPlanOrder = new ArrayList<>(steps);
        inPlanOrder.retainAll(orderedSteps);
        orderedSteps = List.copyOf(inPlanOrder);
        int shipment = steps.indexOf(Step.CREATE_SHIPMENT);
        int tracking = steps.indexOf(Step.SEND_TRACKING);
        if (tracking >= 0 && (shipment < 0 || tracking < shipment)) {
            throw new IllegalArgumentException("step 'send-tracking' sends what create-shipment gives,"
                    + " so it must come after create-shipment");
        }
    }

    /** Reads a plan from the names used in configuration; see {@link Step#of(String)} for unknown ones. */
    public static HandlingPlan of(List<String> steps, List<String> orderedSteps) {
        return new HandlingPlan(steps.stream().map(Step::of).toList(), orderedSteps.stream().map(Step::of).toList());
    }

    /** The step an order starts with. */
    public Step first() {
        return steps.get(0);
    }

    /**
     * The step that follows {@code step}; empty after the last.
     *
     * @throws IllegalArgumentException if {@code step} is not part of the plan
     */
    public Optional<Step> after(Step step) {
        int next = steps.indexOf(step) + 1;
        if (next == 0) {
            throw new IllegalArgumentException("step '" + step.wireName() + "' is not a step of the plan");
        }
        return next < steps.size() ? Optional.of(steps.get(next)) : Optional.empty();
    }

    /** Whether the step runs in batch order. */
    public boolean ordered(Step step) {
        return orderedSteps.contains(step);
    }

    /** The steps before {@code step}; all of them if it is not part of the plan. */
    public List<Step> before(Step step) {
        return steps.stream().takeWhile(earlier -> earlier != step).toList();
    }

    /** How many ordered steps come before {@code step}. */
    public int lanesBefore(Step step) {
        int at = steps.indexOf(step);
        return (int) orderedSteps.stream().filter(s -> steps.indexOf(s) < at).count();
    }
}
