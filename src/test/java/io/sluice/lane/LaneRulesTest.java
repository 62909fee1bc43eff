package io.sluice.lane;

import static io.sluice.lane.LaneViewBuilder.NOW;
import static io.sluice.lane.LaneViewBuilder.PATIENCE_SECONDS;
import static io.sluice.lane.LaneViewBuilder.ahead;
import static io.sluice.lane.LaneViewBuilder.atWork;
import static io.sluice.lane.LaneViewBuilder.coming;
import static io.sluice.lane.LaneViewBuilder.delayed;
import static io.sluice.lane.LaneViewBuilder.delayedBefore;
import static io.sluice.lane.LaneViewBuilder.failed;
import static io.sluice.lane.LaneViewBuilder.gone;
import static io.sluice.lane.LaneViewBuilder.held;
import static io.sluice.lane.LaneViewBuilder.item;
import static io.sluice.lane.LaneViewBuilder.standing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.sluice.lane.LaneItem.Place;
import io.sluice.lane.LaneMove.Ask;
import io.sluice.lane.LaneMove.CarryOut;
import io.sluice.lane.LaneMove.EndProbe;
import io.sluice.lane.LaneMove.Leave;
import io.sluice.lane.LaneMove.SkipTo;
import io.sluice.lane.LaneMove.Stop;
import io.sluice.lane.LaneMove.TakeOver;
import io.sluice.lane.LaneMove.Wait;
import io.sluice.lane.LaneViewBuilder.Item;
import io.sluice.order.CallMode;
import io.sluice.order.FailurePolicy;

class LaneRulesTest {

    private static LaneMove normal(Item item) {
        return new CarryOut(item.build(), CallMode.NORMAL);
    }

    private static LaneMove trial(Item item) {
        return new CarryOut(item.build(), CallMode.TRIAL);
    }

    private static LaneMove beforeTrial(Item item) {
        return new CarryOut(item.build(), CallMode.BEFORE_TRIAL);
    }

    private static LaneMove probe(Item item) {
        return new CarryOut(item.build(), CallMode.PROBE);
    }

    private static LaneMove ask(Item item) {
        return new Ask(item.build(), CallMode.NORMAL);
    }

    private static LaneMove waitFor(Item item, Instant until) {
        return new Wait(item.id(), until);
    }

    private static Instant in(int seconds) {
        return NOW.plusSeconds(seconds);
    }

    @Nested
    class WhileAWorkerHasAnOrder {

        @Test
        void leaseRuns_itIsWaitedFor() {
            assertThat(ahead(atWork(1).dueIn(5), standing(2)).next()).isEqualTo(waitFor(atWork(1), in(5)));
        }

        @Test
        void withoutLease_itIsWaitedFor() {
            assertThat(ahead(atWork(1), standing(2)).next()).isEqualTo(waitFor(atWork(1), null));
        }

        @Test
        void leaseHasRunOut_itIsTakenOver() {
            assertThat(ahead(atWork(1).dueIn(-1)).next()).isEqualTo(new TakeOver());
        }

        @Test
        void leaseRunsOutThisMoment_itIsTakenOver() {
            assertThat(ahead(atWork(1).dueIn(0)).next()).isEqualTo(new TakeOver());
        }

        @Test
        void orderBehindTheCursor_isWaitedForToo() {
            assertThat(ahead(standing(2)).late(atWork(1).dueIn(5)).next()).isEqualTo(waitFor(atWork(1), in(5)));
        }

        @Test
        void uncertainOrder_isNotAskedAfterBeforeThat() {
            assertThat(ahead(standing(1).uncertain(), atWork(2).dueIn(5)).next()).isEqualTo(waitFor(atWork(2), in(5)));
        }

        @Test
        void batchHasEnded_itIsStillWaitedFor() {
            assertThat(ahead(atWork(1).dueIn(5)).ended().next()).isEqualTo(waitFor(atWork(1), in(5)));
        }
    }

    @Nested
    class AfterATakeOver {

        @Test
        void uncertainOrders_areAskedAfterInRankOrder() {
            Item two = standing(2).uncertain();
            Item four = standing(4).uncertain();
            assertThat(ahead(two, standing(3), four).next()).isEqualTo(ask(two));
            assertThat(ahead(standing(2), standing(3), four).next()).isEqualTo(ask(four));
            assertThat(ahead(standing(2), standing(3), standing(4)).next()).isEqualTo(normal(standing(2)));
        }

        @Test
        void uncertainLateOrder_isAskedAfterFirst() {
            Item one = standing(1).uncertain();
            assertThat(ahead(standing(2).uncertain()).late(one).next()).isEqualTo(ask(one));
        }

        @Test
        void readyLateOrder_waitsUntilTheUncertainOnesAreAskedAfter() {
            Item two = standing(2).uncertain();
            assertThat(ahead(two).late(standing(1)).next()).isEqualTo(ask(two));
        }

        @Test
        void partnerIsDown_theUncertainOnesAreAskedAfterNoneTheLess() {
            Item two = standing(2).uncertain();
            assertThat(ahead(held(1), two).next()).isEqualTo(ask(two));
            assertThat(ahead(held(1), two).probe(CallMode.PROBE).next()).isEqualTo(ask(two));
        }

        @Test
        void batchHasEnded_theUncertainOnesAreAskedAfterNoneTheLess() {
            Item one = standing(1).uncertain();
            assertThat(ahead(one).ended().next()).isEqualTo(ask(one));
        }

        /** Its attempt is written, and the partner is asked when it is tried again. */
        @Test
        void orderThatIsDelayedWithAnUnknownOutcome_isNotAskedAfter() {
            assertThat(ahead(delayed(1, 5, 5).uncertain(), standing(2)).next())
                    .isEqualTo(waitFor(delayed(1, 5, 5), in(5)));
        }

        @Test
        void onceItsTimeHasCome_itIsAskedAfterBeforeAnythingIsSent() {
            Item two = delayed(2, 5, -1).uncertain();
            assertThat(ahead(standing(1), two).next()).isEqualTo(ask(two));
        }

        /** They were taken over while the partner was down or paused. */
        @Test
        void partnerIsBack_allThatWereHeldAreAskedAfterBeforeAnythingIsSent() {
            Item one = item(1, Place.DELAYED).uncertain();
            Item two = item(2, Place.DELAYED).uncertain();
            assertThat(ahead(one, two).next()).isEqualTo(ask(one));
            assertThat(ahead(standing(1), two).next()).isEqualTo(ask(two));
            assertThat(ahead(standing(1), standing(2)).next()).isEqualTo(normal(standing(1)));
        }

        @Test
        void probe_asksAboutAllOfThem_beforeItTriesTheFirst() {
            Item one = held(1).uncertain();
            Item three = held(3).uncertain();
            assertThat(ahead(one, held(2), three).probe(CallMode.PROBE).next())
                    .isEqualTo(new Ask(one.build(), CallMode.PROBE));
            assertThat(ahead(standing(1), held(2), three).probe(CallMode.PROBE).next())
                    .isEqualTo(new Ask(three.build(), CallMode.PROBE));
            assertThat(ahead(standing(1), held(2), standing(3)).probe(CallMode.PROBE).next())
                    .isEqualTo(probe(standing(1)));
        }

        @Test
        void questionHasNoAnswer_probeIsOver() {
            Item one = held(1).uncertain();
            Item two = held(2).uncertain();
            assertThat(ahead(one, two).probe(CallMode.PROBE).afterAsking(false, one)).isEqualTo(new EndProbe());
            assertThat(ahead(one, two).afterAsking(true, one)).isEqualTo(new EndProbe());
        }

        @ParameterizedTest
        @EnumSource(value = Place.class, names = {"FAILED", "GONE", "COMING", "DELAYED_BEFORE", "PARKED"})
        void probe_doesNotAskAboutOrdersThatAreNotInTheLane(Place place) {
            assertThat(ahead(item(1, place).uncertain(), held(2)).probe(CallMode.PROBE).next())
                    .isEqualTo(probe(held(2)));
        }

        /** An order that the partner cannot even be asked about must not keep it down for the others. */
        @Test
        void questionIsAnsweredWithAnError_oneBehindIsTriedInTheEnd() {
            Item one = held(1).uncertain().toBlame();
            assertThat(ahead(one, held(2)).probe(CallMode.PROBE).afterAsking(true, one)).isEqualTo(probe(one));
            assertThat(ahead(one, held(2)).probe(CallMode.PROBE).afterAnsweredProbeWith(one)).isEqualTo(probe(one));
            assertThat(ahead(one, held(2)).probe(CallMode.PROBE).afterAnsweredProbeWith(one, one))
                    .isEqualTo(probe(held(2)));
        }

        @Test
        void questionIsAnsweredWithAnError_theOthersAreAskedAboutBeforeAnythingIsSent() {
            Item one = held(1).uncertain().toBlame();
            Item three = held(3).uncertain();
            assertThat(ahead(one, held(2), three).probe(CallMode.PROBE).afterAsking(true, one))
                    .isEqualTo(new Ask(three.build(), CallMode.PROBE));
            assertThat(ahead(one, held(2), three).probe(CallMode.PROBE).afterAsking(true, one, three))
                    .isEqualTo(probe(one));
        }

        @ParameterizedTest
        @EnumSource(value = Place.class, names = {"FAILED", "GONE"})
        void orderThatRests_isNotAskedAfter(Place place) {
            assertThat(ahead(item(1, place).uncertain(), standing(2)).next()).isEqualTo(normal(standing(2)));
        }
    }

    @Nested
    class OnceTheBatchHasEnded {

        @Test
        void laneIsLeft() {
            assertThat(ahead(standing(1), standing(2)).late(standing(0)).ended().next()).isEqualTo(new Leave());
        }

        @Test
        void laneIsLeft_whoeverIsHeld() {
            assertThat(ahead(held(1)).ended().probe(CallMode.PROBE).next()).isEqualTo(new Leave());
        }
    }

    @Nested
    class WhileThePartnerIsDown {

        @Test
        void laneStandsStill() {
            assertThat(ahead(held(1), standing(2)).next()).isEqualTo(waitFor(held(1), null));
        }

        /** The one behind it was the trial that showed that the partner is down. */
        @Test
        void headIsDelayedBeyondPatience_nobodyOvertakesIt() {
            assertThat(ahead(delayed(1, 99, 5), held(2), standing(3)).next()).isEqualTo(waitFor(held(2), null));
        }

        @Test
        void headIsReady_itWaitsToo() {
            assertThat(ahead(standing(1), held(2)).next()).isEqualTo(waitFor(held(2), null));
        }

        @Test
        void readyLateOrder_waitsToo() {
            assertThat(ahead(held(2)).late(standing(1)).next()).isEqualTo(waitFor(held(2), null));
        }

        @Test
        void heldLateOrder_stopsTheLane() {
            assertThat(ahead(standing(2)).late(held(1)).next()).isEqualTo(waitFor(held(1), null));
        }

        @Test
        void heldForHours_isNotOvertaken() {
            assertThat(ahead(held(1).since(86_400), standing(2)).next()).isEqualTo(waitFor(held(1), null));
        }

        @Test
        void failurePolicy_waitsUntilThePartnerIsBack() {
            assertThat(ahead(failed(1), held(2)).onFailure(FailurePolicy.STOP).next())
                    .isEqualTo(waitFor(held(2), null));
        }

        @Test
        void partnerIsBack_theHeldOneGoes() {
            Item back = item(1, Place.DELAYED).since(3600);
            assertThat(ahead(back, standing(2)).next()).isEqualTo(normal(back));
        }
    }

    @Nested
    class WhileThePartnerIsProbed {

        @Test
        void firstInTheLane_isTried() {
            assertThat(ahead(held(1), held(2)).probe(CallMode.PROBE).next()).isEqualTo(probe(held(1)));
            assertThat(ahead(standing(1), held(2)).probe(CallMode.PROBE).next()).isEqualTo(probe(standing(1)));
        }

        @Test
        void lateOrder_isTheFirstInTheLane() {
            Item late = delayed(1, 5, 5);
            assertThat(ahead(held(2)).late(late).probe(CallMode.PROBE).next()).isEqualTo(probe(late));
        }

        @Test
        void ordersThatAreNotInTheLane_arePassedOver() {
            assertThat(ahead(coming(1), delayedBefore(2, 5, 5), failed(3), gone(4), held(5)).probe(CallMode.PROBE)
                    .next()).isEqualTo(probe(held(5)));
        }

        @Test
        void probeOfFew_isPassedOn() {
            assertThat(ahead(held(1)).probe(CallMode.PROBE_OF_FEW).next())
                    .isEqualTo(new CarryOut(held(1).build(), CallMode.PROBE_OF_FEW));
        }

        @Test
        void firstHasNoAnswer_probeIsOver() {
            assertThat(ahead(held(1), held(2)).probe(CallMode.PROBE).afterProbeWith(held(1))).isEqualTo(new EndProbe());
        }

        @Test
        void firstFailsAlthoughThePartnerAnswers_itIsTriedAgain() {
            assertThat(ahead(held(1).toBlame(), held(2)).probe(CallMode.PROBE_OF_FEW).afterAnsweredProbeWith(held(1)))
                    .isEqualTo(probe(held(1).toBlame()));
        }

        @Test
        void firstFailsAgain_oneBehindIsTried() {
            assertThat(ahead(held(1).toBlame(), held(2), held(3)).probe(CallMode.PROBE_OF_FEW)
                    .afterAnsweredProbeWith(held(1), held(1)))
                    .isEqualTo(new CarryOut(held(2).build(), CallMode.PROBE_OF_FEW));
        }

        @Test
        void firstGetsNoAnswer_butQuestionsAreAnswered_onlyAThoroughProbeGoesOn() {
            Item first = held(1).toBlame().uncertain();
            assertThat(ahead(first, held(2)).probe(CallMode.PROBE).afterUnansweredProbeWith(first))
                    .isEqualTo(new EndProbe());
            assertThat(ahead(first, held(2)).probe(CallMode.PROBE).thorough().afterUnansweredProbeWith(first))
                    .isEqualTo(probe(first));
            assertThat(ahead(first, held(2)).probe(CallMode.PROBE).thorough().afterUnansweredProbeWith(first, first))
                    .isEqualTo(probe(held(2)));
            assertThat(ahead(first, held(2)).probe(CallMode.PROBE).thorough().afterProbeWith(first))
                    .isEqualTo(new EndProbe());
        }

        @Test
        void firstFailsAgain_andThePartnerDoesNotAnswerAnyMore_probeIsOver() {
            assertThat(ahead(held(1).toBlame(), held(2)).probe(CallMode.PROBE).afterProbeWith(held(1), held(1)))
                    .isEqualTo(new EndProbe());
        }

        @Test
        void oneBehindFailsToo_probeIsOver() {
            assertThat(ahead(held(1).toBlame(), held(2).toBlame(), held(3)).probe(CallMode.PROBE)
                    .afterAnsweredProbeWith(held(1), held(1), held(2))).isEqualTo(new EndProbe());
        }

        @Test
        void nextProbe_triesAnotherOneBehind() {
            Item first = held(1).toBlame();
            Item second = held(2).toBlame();
            assertThat(ahead(first, second, held(3)).probe(CallMode.PROBE).afterAnsweredProbeWith(first, first))
                    .isEqualTo(probe(held(3)));
        }

        @Test
        void allHaveBeenTried_theOneTriedLongestAgoIsNext() {
            Item first = held(1).toBlame();
            Item second = held(2).toBlame().since(10);
            Item third = held(3).toBlame().since(20);
            Item fourth = held(4).toBlame().since(15);
            assertThat(ahead(first, second, third, fourth).probe(CallMode.PROBE)
                    .afterAnsweredProbeWith(first, first)).isEqualTo(probe(third));
        }

        @Test
        void orderThatIsNotToBlame_goesBeforeOneThatMayBe_howeverOftenItWasTried() {
            Item first = held(1).toBlame();
            assertThat(ahead(first, held(2).toBlame(), held(3).since(1), standing(4)).probe(CallMode.PROBE)
                    .afterAnsweredProbeWith(first, first)).isEqualTo(probe(held(3).since(1)));
        }

        @Test
        void amongEqualOnes_theLowestRankIsTried() {
            Item first = held(1).toBlame();
            assertThat(ahead(first, standing(2), standing(3)).probe(CallMode.PROBE)
                    .afterAnsweredProbeWith(first, first)).isEqualTo(probe(standing(2)));
        }

        /** An earlier probe may have gone through with one behind both. */
        @Test
        void lateOneBehindTheFirst_isTriedToo() {
            Item first = held(1).toBlame();
            assertThat(ahead().late(first, held(2)).probe(CallMode.PROBE).afterAnsweredProbeWith(first, first))
                    .isEqualTo(probe(held(2)));
            assertThat(ahead(held(3)).late(first, standing(2))
                    .probe(CallMode.PROBE)
                    .afterAnsweredProbeWith(first, first)).isEqualTo(probe(standing(2)));
        }

        @Test
        void onlyOrdersInTheLane_areTriedBehindTheFirst() {
            Item first = held(1).toBlame();
            assertThat(ahead(first, failed(2), gone(3), delayedBefore(4, 99, 5), held(5)).probe(CallMode.PROBE)
                    .afterAnsweredProbeWith(first, first)).isEqualTo(probe(held(5)));
        }

        @Test
        void orderThatComes_isNotOvertakenByAProbe() {
            Item first = held(1).toBlame();
            for (Item awaited : List.of(coming(2), item(2, Place.PARKED), delayedBefore(2, 5, 5))) {
                assertThat(ahead(first, awaited, standing(3)).probe(CallMode.PROBE)
                        .afterAnsweredProbeWith(first, first)).isEqualTo(new EndProbe());
                assertThat(ahead(awaited, standing(3)).late(first, held(0))
                        .probe(CallMode.PROBE)
                        .afterAnsweredProbeWith(first, first)).isEqualTo(new EndProbe());
            }
        }

        @Test
        void noOtherOrderIsBehindTheFirst_probeIsOver() {
            Item first = held(1).toBlame();
            assertThat(ahead(first, coming(2)).probe(CallMode.PROBE).afterAnsweredProbeWith(first))
                    .isEqualTo(new EndProbe());
        }

        @Test
        void firstWentThroughAndOthersAreStillHeld_probeIsOver() {
            assertThat(ahead(held(2), held(3)).probe(CallMode.PROBE).afterAnsweredProbeWith(standing(1)))
                    .isEqualTo(new EndProbe());
        }

        @Test
        void probeWasTakenAwayWhileItRan_itIsOver() {
            assertThat(ahead(held(1), held(2)).afterAnsweredProbeWith(held(1))).isEqualTo(new EndProbe());
        }
    }

    /** Its step has failed for so long that it is the order behind it which decides whose fault that is. */
    @Nested
    class Suspect {
        private final Item suspect = delayed(1, 99, 5).toBlame();

        @Test
        void isTriedAgain_beforeTheOneBehindIs() {
            assertThat(ahead(suspect, standing(2)).next()).isEqualTo(beforeTrial(suspect));
            assertThat(ahead(suspect, standing(2)).afterTryingAgain(suspect)).isEqualTo(trial(standing(2)));
        }

        @Test
        void isTriedAgain_alsoWhenItIsDue() {
            Item due = delayed(1, 99, 0).toBlame();
            assertThat(ahead(due, standing(2)).next()).isEqualTo(beforeTrial(due));
            assertThat(ahead(due, standing(2)).afterTryingAgain(due)).isEqualTo(trial(standing(2)));
        }

        @Test
        void anotherOneWasTriedAgain_thisOneIs() {
            assertThat(ahead(suspect, standing(2)).afterTryingAgain(standing(3))).isEqualTo(beforeTrial(suspect));
        }

        @Test
        void withinPatience_isNone() {
            Item due = delayed(1, 10, 0).toBlame();
            assertThat(ahead(due, standing(2)).next()).isEqualTo(normal(due));
        }

        @Test
        void lastAttempt_isNotSpentBeforeTheOneBehindIsTried() {
            Item last = delayed(1, 10, 0).withOneAttemptLeft();
            assertThat(ahead(last, standing(2)).next()).isEqualTo(beforeTrial(last));
            assertThat(ahead(last, standing(2)).afterTryingAgain(last)).isEqualTo(trial(standing(2)));
            assertThat(ahead(last, coming(2)).next()).isEqualTo(waitFor(coming(2), null));
        }

        @Test
        void lastAttemptIsNotDue_itIsWaitedFor() {
            Item last = delayed(1, 10, 5).withOneAttemptLeft();
            assertThat(ahead(last, standing(2)).next()).isEqualTo(waitFor(last, in(5)));
        }

        @Test
        void noOtherOrderCanDecide_itGoesWhenItIsDue() {
            Item due = delayed(1, 99, 0).toBlame();
            Item last = delayed(1, 99, 0).withOneAttemptLeft();
            assertThat(ahead(due).next()).isEqualTo(normal(due));
            assertThat(ahead(due, coming(2)).next()).isEqualTo(normal(due));
            assertThat(ahead(last).next()).isEqualTo(normal(last));
            assertThat(ahead(last, failed(2)).onFailure(FailurePolicy.WAIT).next()).isEqualTo(normal(last));
        }

        @Test
        void noOtherOrderCanDecide_andItIsNotDue_laneIsLeft() {
            assertThat(ahead(suspect, gone(2)).next()).isEqualTo(new Leave());
        }

        @Test
        void secondOne_isPassedOver_orTriedIfItIsDue() {
            assertThat(ahead(suspect, delayed(2, 99, 5).toBlame(), standing(3)).afterTryingAgain(suspect))
                    .isEqualTo(trial(standing(3)));
            Item due = delayed(2, 99, 0).toBlame();
            assertThat(ahead(suspect, due, standing(3)).afterTryingAgain(suspect)).isEqualTo(trial(due));
        }

        @Test
        void thatGetsNoAnswer_isTriedUntilThePartnerCountsAsDown() {
            Item silent = delayed(1, 99, 5).uncertain();
            assertThat(ahead(silent, standing(2)).next()).isEqualTo(beforeTrial(silent));
            assertThat(ahead(silent, standing(2)).afterTryingAgain(silent)).isEqualTo(beforeTrial(silent));
            assertThat(ahead(silent).next()).isEqualTo(beforeTrial(silent));
        }

        /** Its partner was down, and is back. */
        @Test
        void thatWasHeld_isNoneAnyMore() {
            Item back = item(1, Place.DELAYED).since(3600).toBlame();
            assertThat(ahead(back, standing(2)).next()).isEqualTo(normal(back));
        }

        @Test
        void behindTheOrderWhoseTurnItIs_doesNotMatter() {
            assertThat(ahead(delayed(1, 10, 0), delayed(2, 99, 0).toBlame()).next())
                    .isEqualTo(normal(delayed(1, 10, 0)));
            assertThat(ahead(delayed(1, 10, 5), delayed(2, 99, 0).toBlame()).next())
                    .isEqualTo(waitFor(delayed(1, 10, 5), in(5)));
        }

        @Test
        void delayedBeforeTheLane_isNone() {
            assertThat(ahead(delayedBefore(1, 99, 5).toBlame(), standing(2)).next()).isEqualTo(normal(standing(2)));
        }
    }

    @Nested
    class OrdersThatWereOvertaken {

        @Test
        void readyOne_goesNext() {
            assertThat(ahead(standing(3)).late(standing(1)).next()).isEqualTo(normal(standing(1)));
        }

        @Test
        void severalReadyOnes_goInRankOrder() {
            assertThat(ahead(standing(3)).late(standing(1), standing(2)).next()).isEqualTo(normal(standing(1)));
        }

        @Test
        void retryIsDue_itGoesNext() {
            Item due = delayed(1, 99, 0);
            assertThat(ahead(standing(3)).late(due).next()).isEqualTo(normal(due));
        }

        @Test
        void retryIsNotDue_isNotWaitedFor() {
            assertThat(ahead(standing(3)).late(delayed(1, 1, 5)).next()).isEqualTo(normal(standing(3)));
        }

        @Test
        void retryIsNotDue_readyOneBehindItGoes() {
            assertThat(ahead(standing(3)).late(delayed(1, 1, 5), standing(2)).next()).isEqualTo(normal(standing(2)));
        }

        @Test
        void onItsWay_thoseBehindItWait_andTheCursorGoesOn() {
            assertThat(ahead(standing(4)).late(coming(1).since(1), standing(2), standing(3)).next())
                    .isEqualTo(normal(standing(4)));
        }

        @Test
        void onItsWay_nobodyElseIsLeft_itIsWaitedForUntilPatienceEnds() {
            assertThat(ahead().late(coming(1).since(10), standing(2)).next())
                    .isEqualTo(waitFor(coming(1), in(PATIENCE_SECONDS - 10)));
        }

        @Test
        void onItsWay_headIsWaitedFor_butNoLongerThanPatience() {
            assertThat(ahead(coming(3)).late(coming(1).since(10), standing(2)).next())
                    .isEqualTo(waitFor(coming(3), in(PATIENCE_SECONDS - 10)));
            assertThat(ahead(delayed(3, 5, 25)).late(coming(1).since(10), standing(2)).next())
                    .isEqualTo(waitFor(delayed(3, 5, 25), in(PATIENCE_SECONDS - 10)));
            assertThat(ahead(delayed(3, 5, 2)).late(coming(1).since(10), standing(2)).next())
                    .isEqualTo(waitFor(delayed(3, 5, 2), in(2)));
        }

        @Test
        void onItsWay_windowIsExhausted_theCursorMoves() {
            assertThat(ahead(gone(3)).more().late(coming(1).since(1), standing(2)).next()).isEqualTo(new SkipTo(3));
        }

        @Test
        void onItsWayBeyondPatience_theOneBehindItGoes() {
            assertThat(ahead(standing(4)).late(coming(1).since(PATIENCE_SECONDS), standing(2)).next())
                    .isEqualTo(normal(standing(2)));
        }

        @Test
        void readyOneBeforeTheOneOnItsWay_goes() {
            assertThat(ahead(standing(4)).late(standing(1), coming(2).since(1)).next()).isEqualTo(normal(standing(1)));
        }

        @Test
        void nobodyIsReadyOrComing_laneIsLeft() {
            assertThat(ahead().late(delayed(1, 1, 5)).next()).isEqualTo(new Leave());
        }

        @Test
        void headFailed_underWait_lateOneGoesNoneTheLess() {
            assertThat(ahead(failed(2)).late(standing(1)).onFailure(FailurePolicy.WAIT).next())
                    .isEqualTo(normal(standing(1)));
        }
    }

    @Nested
    class AtTheCursor {

        @Test
        void headStands_itGoes() {
            assertThat(ahead(standing(1), standing(2)).next()).isEqualTo(normal(standing(1)));
        }

        @Test
        void negativeRanks_goFromTheLastPositionOn() {
            assertThat(ahead(standing(-3), standing(-2)).next()).isEqualTo(normal(standing(-3)));
        }

        @Test
        void headIsComing_itIsWaitedFor_howeverLong() {
            assertThat(ahead(coming(1).since(86_400), standing(2)).next()).isEqualTo(waitFor(coming(1), null));
        }

        @Test
        void headIsDelayedWithinPatience_itIsWaitedForUntilItIsDue() {
            assertThat(ahead(delayed(1, 10, 5), standing(2)).next()).isEqualTo(waitFor(delayed(1, 10, 5), in(5)));
        }

        @Test
        void headIsDelayedWithinPatience_itIsWaitedForUntilPatienceEnds() {
            assertThat(ahead(delayed(1, 10, 60), standing(2)).next())
                    .isEqualTo(waitFor(delayed(1, 10, 60), in(PATIENCE_SECONDS - 10)));
        }

        @Test
        void headIsHeldAtAnEarlierStep_itIsWaitedForUntilPatienceEnds() {
            Item heldBefore = item(1, Place.DELAYED_BEFORE).since(10);
            assertThat(ahead(heldBefore, standing(2)).next()).isEqualTo(waitFor(heldBefore, in(PATIENCE_SECONDS - 10)));
        }

        @Test
        void headIsDue_itGoes() {
            Item due = delayed(1, 10, 0);
            assertThat(ahead(due, standing(2)).next()).isEqualTo(normal(due));
        }

        @Test
        void headIsDueBeyondPatience_itGoes() {
            Item due = delayed(1, 99, -1);
            assertThat(ahead(due, standing(2)).next()).isEqualTo(normal(due));
        }

        @Test
        void headIsDelayedBeyondPatience_nextIsTried() {
            assertThat(ahead(delayed(1, 99, 5), standing(2)).next()).isEqualTo(trial(standing(2)));
        }

        @Test
        void patienceEndsThisMoment_nextIsTried() {
            assertThat(ahead(delayed(1, PATIENCE_SECONDS, 5), standing(2)).next()).isEqualTo(trial(standing(2)));
        }

        @Test
        void headIsDelayedBeforeTheLane_beyondPatience_nextGoesWithoutBeingATrial() {
            assertThat(ahead(delayedBefore(1, 99, 5), standing(2)).next()).isEqualTo(normal(standing(2)));
        }

        @Test
        void delayedInTheLaneAndThenBeforeIt_nextIsTried() {
            assertThat(ahead(delayed(1, 99, 5), delayedBefore(2, 99, 5), standing(3)).next())
                    .isEqualTo(trial(standing(3)));
        }

        @Test
        void severalDelayedBeyondPatience_theFirstThatIsReadyIsTried() {
            assertThat(ahead(delayed(1, 99, 5), delayed(2, 99, 5), standing(3), standing(4)).next())
                    .isEqualTo(trial(standing(3)));
        }

        @Test
        void headIsDelayedBeyondPatience_nextIsWithin_itIsWaitedFor() {
            assertThat(ahead(delayed(1, 99, 5), delayed(2, 10, 5), standing(3)).next())
                    .isEqualTo(waitFor(delayed(2, 10, 5), in(5)));
        }

        @Test
        void headIsDelayedBeyondPatience_nextIsComing_itIsWaitedFor() {
            assertThat(ahead(delayed(1, 99, 5), coming(2), standing(3)).next()).isEqualTo(waitFor(coming(2), null));
        }

        @Test
        void delayWithoutABeginning_hasNoPatience() {
            assertThat(ahead(item(1, Place.DELAYED).dueIn(5), standing(2)).next()).isEqualTo(trial(standing(2)));
        }

        @Test
        void headFailed_underSkip_nextGoes() {
            assertThat(ahead(failed(1), standing(2)).next()).isEqualTo(normal(standing(2)));
        }

        @Test
        void headFailed_underWait_itIsWaitedFor() {
            assertThat(ahead(failed(1), standing(2)).onFailure(FailurePolicy.WAIT).next())
                    .isEqualTo(waitFor(failed(1), null));
        }

        @Test
        void headFailed_underStop_batchEnds() {
            assertThat(ahead(failed(1), standing(2)).onFailure(FailurePolicy.STOP).next())
                    .isEqualTo(new Stop(failed(1).id()));
        }

        @ParameterizedTest
        @EnumSource(FailurePolicy.class)
        void orderBehindTheHeadFailed_headGoesFirst(FailurePolicy policy) {
            assertThat(ahead(standing(1), failed(2)).onFailure(policy).next()).isEqualTo(normal(standing(1)));
        }

        @ParameterizedTest
        @EnumSource(FailurePolicy.class)
        void headIsGone_nextGoes(FailurePolicy policy) {
            assertThat(ahead(gone(1), standing(2)).onFailure(policy).next()).isEqualTo(normal(standing(2)));
        }

        @Test
        void nothingGoesInTheWindow_cursorMovesBehindIt() {
            assertThat(ahead(gone(1), failed(2), delayed(3, 99, 5)).more().next()).isEqualTo(new SkipTo(3));
        }

        @Test
        void nothingGoesAtAll_laneIsLeft() {
            assertThat(ahead(gone(1), failed(2), delayed(3, 99, 5)).next()).isEqualTo(new Leave());
            assertThat(ahead().next()).isEqualTo(new Leave());
        }
    }

    /** A batch starts its orders only near the cursor. */
    @Nested
    class AtAnOrderThatIsNotStarted {

        @Test
        void laneWaitsForIt() {
            assertThat(ahead(item(1, Place.PARKED), standing(2)).next())
                    .isEqualTo(waitFor(item(1, Place.PARKED), null));
        }

        @Test
        void cursorLeavesBehind_whatIsNotWaitedFor() {
            assertThat(ahead(delayedBefore(1, 3600, 60), gone(2), item(3, Place.PARKED)).next())
                    .isEqualTo(new SkipTo(2));
        }
    }
}
