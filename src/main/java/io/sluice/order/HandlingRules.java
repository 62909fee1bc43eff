package io.sluice.order;

import static io.sluice.order.OrderStatus.DELAYED;
import static io.sluice.order.OrderStatus.FAILED;
import static io.sluice.order.OrderStatus.HANDLED;
import static io.sluice.order.OrderStatus.HANDLING;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The one place that decides what follows a step's result: the next step, a retry, or a failure.
 *
 * @param random for the jitter of retry delays
 */
public record HandlingRules(HandlingPlan plan, RetryPolicy retries, DoubleSupplier random) {

    /**
     * What follows {@code result} of the step that {@code state} is at.
     *
     * @throws IllegalTransitionException if the order was not being handled
     */
    public Decision decide(OrderState state, StepResult result) {
        Decision decision = follow(state, result);
        state.checkMayBecome(decision.status());
        return decision;
    }

    private Decision follow(OrderState state, StepResult result) {
        if (result instanceof StepResult.Done done) {
            return goOn(state, done);
        }
        if (result instanceof StepResult.Refused refused) {
            return fail(state, Outcome.FAILED, refused.reason());
        }
        if (result instanceof StepResult.Unavailable unavailable) {
            return retry(state, Outcome.FAILED, unavailable.reason(), unavailable.retryAfter());
        }
        if (result instanceof StepResult.NoAnswer noAnswer) {
            return retry(state, Outcome.UNKNOWN, noAnswer.reason(), null);
        }
        throw new IllegalStateException("Nobody knows what follows " + result + " of order " + state.id());
    }

    private Decision goOn(OrderState state, StepResult.Done done) {
        Optional<Step> next = plan.after(state.step());
        return new Decision(next.isPresent() ? HANDLING : HANDLED, next.orElse(null), 0, Outcome.SUCCEEDED, null, null,
                done.shipment());
    }

    private Decision retry(OrderState state, Outcome outcome, Reason reason, Duration asked) {
        int spent = state.attempts() + 1;
        if (!retries.allowsAfter(spent)) {
            return fail(state, outcome, spent == 1
                    ? reason
                    : reason.withMore("This was the last of " + spent + " attempts."));
        }
        Duration wait = retries.delayAfter(spent, random);
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        return new Decision(DELAYED, state.step(), spent, outcome, reason, wait, null);
    }

    private static Decision fail(OrderState state, Outcome outcome, Reason reason) {
        return new Decision(FAILED, state.step(), state.attempts() + 1, outcome, reason, null, null);
    }
}
