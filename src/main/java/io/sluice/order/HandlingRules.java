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
            return follow(state, result).as(CANCELLED); // the order stays cancelled, whatever the carrier says
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
     * @throws IllegalTransitionException if the order can no longer be cancelled
     */
    public Decision cancel(OrderState state, StepResult result, boolean shipped) {
        state.checkMayBecome(CANCELLED);
        Decision ended = result == null ? null : follow(state, result);
        boolean mayBeShipped = state.step() == Step.CREATE_SHIPMENT
                && (ended == null ? state.outcomeUnknown() : ended.outcomeUnknown());
        Shipment made = ended == null ? null : ended.shipment();
        boolean undo = shipped || made != null || mayBeShipped;
        return new Decision(CANCELLED, undo ? Step.VOID_SHIPMENT : null, 0, ended == null ? null : ended.outcome(),
                ended == null ? null : ended.reason(), undo ? Duration.ZERO : null, made, null, undo && mayBeShipped);
    }

    private Decision follow(OrderState state, StepResult result) {
        if (result instanceof StepResult.Done done) {
            return goOn(state, done);
        }
        if (result instanceof StepResult.Refused refused) {
            return fail(state, Outcome.FAILED, refused.reason(), state.outcomeUnknown());
        }
        if (result instanceof StepResult.Unavailable unavailable) {
            return retry(state, Outcome.FAILED, unavailable.reason(), unavailable.retryAfter(), state.outcomeUnknown());
        }
        if (result instanceof StepResult.NoAnswer noAnswer) {
            return retry(state, Outcome.UNKNOWN, noAnswer.reason(), noAnswer.retryAfter(), true);
        }
        if (result instanceof StepResult.Held held) {
            return hold(state, held);
        }
        if (result instanceof StepResult.Postponed postponed) {
            return new Decision(DELAYED, state.step(), state.attempts(), unfinished(postponed.outcomeUnknown()),
                    postponed.reason(), postponed.delay(), null, null,
                    state.outcomeUnknown() || postponed.outcomeUnknown());
        }
        throw new IllegalStateException("No rule says what follows " + result + " of order " + state.id());
    }

    private Decision goOn(OrderState state, StepResult.Done done) {
        Optional<Step> next = state.step() == Step.VOID_SHIPMENT ? Optional.empty() : plan.after(state.step());
        return new Decision(next.isPresent() ? HANDLING : HANDLED, next.orElse(null), 0, Outcome.SUCCEEDED, done.note(),
                null, done.shipment(), null, false);
    }

    private Decision retry(OrderState state, Outcome outcome, Reason reason, Duration asked, boolean outcomeUnknown) {
        int spent = state.attempts() + 1;
        if (!retries.allowsAfter(spent)) {
            return fail(state, outcome, spent == 1
                    ? reason
                    : reason.withMore("This was the last of " + spent + " attempts."), outcomeUnknown);
        }
        Duration wait = retries.delayAfter(spent, random);
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        return new Decision(DELAYED, state.step(), spent, outcome, reason, wait, null, null, outcomeUnknown);
    }

    private static Decision hold(OrderState state, StepResult.Held held) {
        return new Decision(DELAYED, state.step(), held.givesAttemptsBack() ? 0 : state.attempts(),
                unfinished(held.outcomeUnknown()), held.reason(), null, null, held.by(),
                state.outcomeUnknown() || held.outcomeUnknown());
    }

    private static Outcome unfinished(boolean outcomeUnknown) {
        return outcomeUnknown ? Outcome.UNKNOWN : Outcome.DELAYED;
    }

    private static Decision fail(OrderState state, Outcome outcome, Reason reason, boolean outcomeUnknown) {
        return new Decision(FAILED, state.step(), state.attempts() + 1, outcome, reason, null, null, null,
                outcomeUnknown);
    }
}
