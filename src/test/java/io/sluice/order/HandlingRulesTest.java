package io.sluice.order;

import static io.sluice.order.Step.CREATE_SHIPMENT;
import static io.sluice.order.Step.MARK_SHIPPED;
import static io.sluice.order.Step.PRINT_PACKING_SLIP;
import static io.sluice.order.Step.SEND_TRACKING;
import static io.sluice.order.Step.VOID_SHIPMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

class HandlingRulesTest {
    private static final Partner CARRIER = Partner.defaultOf(PartnerKind.CARRIER);
    private static final HandlingPlan PLAN = new HandlingPlan(
            List.of(PRINT_PACKING_SLIP, CREATE_SHIPMENT, SEND_TRACKING, MARK_SHIPPED), List.of(PRINT_PACKING_SLIP));
    private static final Reason WHY = new Reason("some-code", "Because.", 400);
    private final HandlingRules rules = new HandlingRules(PLAN,
            new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(10)), () -> 0);

    private static OrderState at(Step step, int attempts) {
        return new OrderState(UUID.randomUUID(), OrderStatus.HANDLING, step, attempts, 1, false);
    }

    private static OrderState unknownAt(Step step, int attempts) {
        return new OrderState(UUID.randomUUID(), OrderStatus.HANDLING, step, attempts, 1, true);
    }

    @Test
    void done_goesOnToTheNextStep() {
        Shipment shipment = new Shipment("T1", "Carrier");
        assertThat(rules.decide(at(CREATE_SHIPMENT, 2), new StepResult.Done(shipment, null))).isEqualTo(new Decision(
                OrderStatus.HANDLING, SEND_TRACKING, 0, Outcome.SUCCEEDED, null, null, shipment, null, false));
    }

    @Test
    void done_lastStep_isHandled() {
        Decision decision = rules.decide(at(MARK_SHIPPED, 0), StepResult.Done.PLAIN);
        assertThat(decision.status()).isEqualTo(OrderStatus.HANDLED);
        assertThat(decision.step()).isNull();
    }

    @Test
    void refused_failsAtOnce_keepingTheStep() {
        assertThat(rules.decide(at(CREATE_SHIPMENT, 0), new StepResult.Refused(WHY))).isEqualTo(
                new Decision(OrderStatus.FAILED, CREATE_SHIPMENT, 1, Outcome.FAILED, WHY, null, null, null, false));
    }

    @Test
    void unavailable_isTriedAgainLater() {
        assertThat(rules.decide(at(CREATE_SHIPMENT, 1), new StepResult.Unavailable(WHY, null))).isEqualTo(new Decision(
                OrderStatus.DELAYED, CREATE_SHIPMENT, 2, Outcome.FAILED, WHY, Duration.ofSeconds(2), null, null,
                false));
    }

    @Test
    void unavailable_partnerAsksForMoreTime_itGetsIt() {
        Decision decision = rules.decide(at(CREATE_SHIPMENT, 0),
                new StepResult.Unavailable(WHY, Duration.ofSeconds(77)));
        assertThat(decision.delay()).isEqualTo(Duration.ofSeconds(77));
    }

    @Test
    void unavailable_partnerAsksForLessTime_ourScheduleHolds() {
        Decision decision = rules.decide(at(CREATE_SHIPMENT, 1),
                new StepResult.Unavailable(WHY, Duration.ofMillis(1)));
        assertThat(decision.delay()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void unavailable_lastAttempt_failsAndSaysSo() {
        Decision decision = rules.decide(at(CREATE_SHIPMENT, 2), new StepResult.Unavailable(WHY, null));
        assertThat(decision.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(decision.reason().detail()).isEqualTo("Because. This was the last of 3 attempts.");
    }

    @Test
    void noAnswer_isUnknown_andTriedAgain() {
        Decision decision = rules.decide(at(CREATE_SHIPMENT, 0), new StepResult.NoAnswer(WHY));
        assertThat(decision.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(decision.status()).isEqualTo(OrderStatus.DELAYED);
    }

    @Test
    void unknownOutcome_staysUnknown_untilTheStepIsDone() {
        Decision first = rules.decide(at(CREATE_SHIPMENT, 0), new StepResult.NoAnswer(WHY));
        assertThat(first.outcomeUnknown()).isTrue();
        Decision second = rules.decide(unknownAt(CREATE_SHIPMENT, 1), new StepResult.Unavailable(WHY, null));
        assertThat(second.outcomeUnknown()).isTrue();
        assertThat(rules.decide(unknownAt(CREATE_SHIPMENT, 2), StepResult.Done.PLAIN).outcomeUnknown()).isFalse();
    }

    @Test
    void held_spendsNoAttempt_andWaitsForThePartnerOnly() {
        Decision decision = rules.decide(at(CREATE_SHIPMENT, 2), new StepResult.Held(CARRIER, WHY, false, false));
        assertThat(decision).isEqualTo(new Decision(OrderStatus.DELAYED, CREATE_SHIPMENT, 2, Outcome.DELAYED, WHY, null,
                null, CARRIER, false));
    }

    @Test
    void held_withACallOut_isUnknown() {
        Decision decision = rules.decide(at(CREATE_SHIPMENT, 2), new StepResult.Held(CARRIER, WHY, true, false));
        assertThat(decision.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(decision.attempts()).isEqualTo(2);
        assertThat(decision.outcomeUnknown()).isTrue();
    }

    @Test
    void held_givesBackWhatWasSpentToFindOutThatThePartnerIsDown() {
        assertThat(rules.decide(at(CREATE_SHIPMENT, 3), new StepResult.Held(CARRIER, WHY, false, true)).attempts())
                .isZero();
    }

    @Test
    void postponed_withACallOut_isUnknown_andStaysSo() {
        Decision out = rules.decide(at(CREATE_SHIPMENT, 2), new StepResult.Postponed(WHY, Duration.ofSeconds(2), true));
        assertThat(out.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(out.attempts()).isEqualTo(2);
        assertThat(out.outcomeUnknown()).isTrue();
        assertThat(rules.decide(unknownAt(CREATE_SHIPMENT, 2), new StepResult.Postponed(WHY, Duration.ofSeconds(2)))
                .outcomeUnknown()).isTrue();
    }

    @Test
    void postponed_spendsNoAttempt() {
        Decision decision = rules.decide(at(CREATE_SHIPMENT, 2), new StepResult.Postponed(WHY, Duration.ofSeconds(2)));
        assertThat(decision).isEqualTo(new Decision(OrderStatus.DELAYED, CREATE_SHIPMENT, 2, Outcome.DELAYED, WHY,
                Duration.ofSeconds(2), null, null, false));
    }

    @Test
    void cancel_withoutShipment_undoesNothing() {
        assertThat(rules.cancel(at(PRINT_PACKING_SLIP, 0), StepResult.Done.PLAIN, false)).isEqualTo(
                new Decision(OrderStatus.CANCELLED, null, 0, Outcome.SUCCEEDED, null, null, null, null, false));
    }

    @Test
    void cancel_withAShipment_voidsIt() {
        Shipment shipment = new Shipment("T1", "Carrier");
        Decision before = rules.cancel(at(MARK_SHIPPED, 0), null, true);
        assertThat(before.step()).isEqualTo(VOID_SHIPMENT);
        assertThat(before.outcome()).isNull();
        Decision just = rules.cancel(at(CREATE_SHIPMENT, 0), new StepResult.Done(shipment, null), false);
        assertThat(just.step()).isEqualTo(VOID_SHIPMENT);
        assertThat(just.shipment()).isEqualTo(shipment);
        assertThat(just.outcomeUnknown()).isFalse();
    }

    @Test
    void cancel_withAShipmentThatMayExist_asksForIt() {
        Decision lost = rules.cancel(at(CREATE_SHIPMENT, 0), new StepResult.NoAnswer(WHY), false);
        assertThat(lost.step()).isEqualTo(VOID_SHIPMENT);
        assertThat(lost.outcomeUnknown()).isTrue();
        assertThat(rules.cancel(unknownAt(CREATE_SHIPMENT, 1), null, false).step()).isEqualTo(VOID_SHIPMENT);
        assertThat(rules.cancel(at(CREATE_SHIPMENT, 1), null, false).step()).isNull();
    }

    @Test
    void cancel_ofAHandledOrder_isAnError() {
        OrderState handled = new OrderState(UUID.randomUUID(), OrderStatus.HANDLED, null, 0, 9, false);
        assertThatThrownBy(() -> rules.cancel(handled, null, true)).isInstanceOf(IllegalTransitionException.class);
    }

    @Test
    void voiding_leavesTheOrderCancelled_whateverComesOfIt() {
        OrderState cancelled = new OrderState(UUID.randomUUID(), OrderStatus.CANCELLED, VOID_SHIPMENT, 0, 9, false);
        for (StepResult result : List.of(StepResult.Done.PLAIN, new StepResult.Refused(WHY),
                new StepResult.NoAnswer(WHY), new StepResult.Held(CARRIER, WHY, false, false))) {
            assertThat(rules.decide(cancelled, result).status()).isEqualTo(OrderStatus.CANCELLED);
        }
        assertThat(rules.decide(cancelled, StepResult.Done.PLAIN).step()).isNull();
        assertThat(rules.decide(cancelled, new StepResult.NoAnswer(WHY)).delay()).isPositive();
    }

    @Test
    void orderThatIsNotBeingHandled_isAnError() {
        OrderState handled = new OrderState(UUID.randomUUID(), OrderStatus.HANDLED, MARK_SHIPPED, 0, 9, false);
        assertThatThrownBy(() -> rules.decide(handled, StepResult.Done.PLAIN))
                .isInstanceOf(IllegalTransitionException.class);
    }

    @Test
    void done_noteGoesIntoTheHistory() {
        assertThat(rules.decide(at(CREATE_SHIPMENT, 0), new StepResult.Done(null, WHY)).reason()).isEqualTo(WHY);
    }

    @Test
    void onlyAttempt_fails_withoutSayingThatItWasTheLast() {
        HandlingRules strict = new HandlingRules(PLAN, new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                () -> 0);
        Decision decision = strict.decide(at(CREATE_SHIPMENT, 0), new StepResult.Unavailable(WHY, null));
        assertThat(decision).isEqualTo(
                new Decision(OrderStatus.FAILED, CREATE_SHIPMENT, 1, Outcome.FAILED, WHY, null, null, null, false));
    }

    @Test
    void noAnswer_lastAttempt_failsInDoubt() {
        Decision decision = rules.decide(at(CREATE_SHIPMENT, 2), new StepResult.NoAnswer(WHY));
        assertThat(decision.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(decision.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(decision.outcomeUnknown()).isTrue();
    }

    @Test
    void noAnswer_partnerAsksForMoreTime_itGetsIt() {
        assertThat(rules.decide(at(CREATE_SHIPMENT, 0), new StepResult.NoAnswer(WHY, Duration.ofSeconds(9))).delay())
                .isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void unknownOutcome_outlivesWhateverIsNoAnswerToIt() {
        for (StepResult result : List.of(new StepResult.Refused(WHY), new StepResult.Held(CARRIER, WHY, false, false),
                new StepResult.Postponed(WHY, Duration.ofSeconds(1)))) {
            assertThat(rules.decide(unknownAt(CREATE_SHIPMENT, 0), result).outcomeUnknown()).isTrue();
            assertThat(rules.decide(at(CREATE_SHIPMENT, 0), result).outcomeUnknown()).isFalse();
        }
    }

    @Test
    void cancel_saysHowTheStepEnded() {
        assertThat(rules.cancel(at(CREATE_SHIPMENT, 0), new StepResult.Refused(WHY), false)).isEqualTo(
                new Decision(OrderStatus.CANCELLED, null, 0, Outcome.FAILED, WHY, null, null, null, false));
    }

    @Test
    void cancel_voidsAtOnce() {
        assertThat(rules.cancel(at(MARK_SHIPPED, 2), null, true)).isEqualTo(new Decision(OrderStatus.CANCELLED,
                VOID_SHIPMENT, 0, null, null, Duration.ZERO, null, null, false));
    }

    @Test
    void cancel_inDoubtOfAnotherStep_undoesNothing() {
        assertThat(rules.cancel(unknownAt(PRINT_PACKING_SLIP, 1), null, false)).isEqualTo(
                new Decision(OrderStatus.CANCELLED, null, 0, null, null, null, null, null, false));
        assertThat(rules.cancel(at(PRINT_PACKING_SLIP, 1), new StepResult.NoAnswer(WHY), false).step()).isNull();
    }

    @Test
    void voiding_asManyTimesAsAnyStep() {
        OrderState cancelled = new OrderState(UUID.randomUUID(), OrderStatus.CANCELLED, VOID_SHIPMENT, 2, 9, false);
        Decision last = rules.decide(cancelled, new StepResult.Unavailable(WHY, null));
        assertThat(last.step()).isEqualTo(VOID_SHIPMENT);
        assertThat(last.attempts()).isEqualTo(3);
        assertThat(last.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(last.reason().detail()).startsWith("Because.");
        assertThat(last.delay()).isNull();
        Decision held = rules.decide(cancelled, new StepResult.Held(CARRIER, WHY, true, false));
        assertThat(held.heldBy()).isEqualTo(CARRIER);
        assertThat(held.outcomeUnknown()).isTrue();
    }
}
