package io.sluice.order;

import static io.sluice.order.OrderStatus.CANCELLED;
import static io.sluice.order.OrderStatus.DELAYED;
import static io.sluice.order.OrderStatus.FAILED;
import static io.sluice.order.OrderStatus.HANDLED;
import static io.sluice.order.OrderStatus.HANDLING;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The one place that decides what follows a step's result: the next step, a retry, a wait, a failure, or the end of a
 * cancelled order.
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
        if (state.step() == Step.VOID_SHIPMENT) {
            return follow(state, result).as(CANCELLED); // whatever comes of it, the order stays what it is
        }
        Decision decision = follow(state, result);
        state.checkMayBecome(decision.status());
        return decision;
    }

    /**
     * What follows when a person has asked to cancel the order. A shipment that exists, or may exist, is voided.
     *
     * @param result  of the step that was running, or null if none was
     * @param shipped whether the order had a shipment before that step
     * @throws IllegalTransitionException if the order cannot be cancelled any more
     */
    public Decision cancel(OrderState state, StepResult result, boolean shipped) {
        state.checkMayBecome(CANCELLED);
        Decision ended = result == null ? null : follow(state, result);
        boolean unknown = state.step() == Step.CREATE_SHIPMENT && (ended == null ? state.unknown() : ended.unknown());
        Shipment made = ended == null ? null : ended.shipment();
        boolean undo = shipped || made != null || unknown;
        return new Decision(CANCELLED, undo ? Step.VOID_SHIPMENT : null, 0, ended == null ? null : ended.outcome(),
                ended == null ? null : ended.reason(), undo ? Duration.ZERO : null, made, null, undo && unknown);
    }

    private Decision follow(OrderState state, StepResult result) {
        if (result instanceof StepResult.Done done) {
            return goOn(state, done);
        }
        if (result instanceof StepResult.Refused refused) {
            return fail(state, Outcome.FAILED, refused.reason(), state.unknown());
        }
        if (result instanceof StepResult.Unavailable unavailable) {
            return retry(state, Outcome.FAILED, unavailable.reason(), unavailable.retryAfter(), state.unknown());
        }
        if (result instanceof StepResult.NoAnswer noAnswer) {
            return retry(state, Outcome.UNKNOWN, noAnswer.reason(), noAnswer.retryAfter(), true);
        }
        if (result instanceof StepResult.Held held) {
            return wait(state, held.unknown() ? Outcome.UNKNOWN : Outcome.DELAYED, held.reason(), null, held.by(),
                    held.unknown());
        }
        if (result instanceof StepResult.Postponed postponed) {
            return wait(state, Outcome.DELAYED, postponed.reason(), postponed.delay(), null, false);
        }
        throw new IllegalStateException("Nobody knows what follows " + result + " of order " + state.id());
    }

    private Decision goOn(OrderState state, StepResult.Done done) {
        Optional<Step> next = state.step() == Step.VOID_SHIPMENT ? Optional.empty() : plan.after(state.step());
        return new Decision(next.isPresent() ? HANDLING : HANDLED, next.orElse(null), 0, Outcome.SUCCEEDED, done.note(),
                null, done.shipment(), null, false);
    }

    private Decision retry(OrderState state, Outcome outcome, Reason reason, Duration asked, boolean unknown) {
        int spent = state.attempts() + 1;
        if (!retries.allowsAfter(spent)) {
            return fail(state, outcome, spent == 1
                    ? reason
                    : reason.withMore("This was the last of " + spent + " attempts."), unknown);
        }
        Duration wait = retries.delayAfter(spent, random);
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        return new Decision(DELAYED, state.step(), spent, outcome, reason, wait, null, null, unknown);
    }

    private static Decision wait(OrderState state, Outcome outcome, Reason reason, Duration delay, Partner heldBy,
            boolean unknown) {
        return new Decision(DELAYED, state.step(), state.attempts(), outcome, reason, delay, null, heldBy,
                state.unknown() || unknown);
    }

    private static Decision fail(OrderState state, Outcome outcome, Reason reason, boolean unknown) {
        return new Decision(FAILED, state.step(), state.attempts() + 1, outcome, reason, null, null, null, unknown);
    }
}
