package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.sluice.crash.OrderStory.MarketplaceNews;
import io.sluice.crash.OrderStory.Parcel;
import io.sluice.crash.Violation.Invariant;

/** Every violation must be detected. */
class InvariantsTest {
    private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");
    private static final Parcel PARCEL = new Parcel("LP1", false, at(1));
    private static final MarketplaceNews NEWS = new MarketplaceNews("LP1", at(2), at(3));

    private static Instant at(int second) {
        return NINE.plusSeconds(second);
    }

    private static Attempt attempt(int second, String step, String outcome) {
        return new Attempt(step, 1, outcome, at(second), at(second), null, "w1");
    }

    private static List<Attempt> planDone() {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < Invariants.PLAN.size(); i++) {
            attempts.add(attempt(i, Invariants.PLAN.get(i), "SUCCEEDED"));
        }
        return attempts;
    }

    private static OrderStory handled(List<Attempt> attempts, List<Parcel> parcels, List<Instant> sheets,
            MarketplaceNews news) {
        return new OrderStory("o-1", "HANDLED", "LP1", attempts, parcels, sheets, news);
    }

    private static List<Invariant> broken(OrderStory story) {
        return new Invariants(Set.of("HANDLED", "CANCELLED")).check(List.of(story))
                .stream()
                .map(Violation::invariant)
                .distinct()
                .toList();
    }

    @Test
    void everythingOnceAndInOrder_isFine() {
        assertThat(broken(handled(planDone(), List.of(PARCEL), List.of(at(0)), NEWS))).isEmpty();
    }

    @Test
    void orderThatNobodyKnows_isLost() {
        OrderStory lost = new OrderStory("o-1", null, null, List.of(), List.of(), List.of(), MarketplaceNews.NONE);
        assertThat(broken(lost)).containsExactly(Invariant.ACCOUNTED_FOR);
        assertThat(new Invariants(Set.of("HANDLED")).check(List.of(lost)).get(0).toString()).contains("o-1");
    }

    @Test
    void orderThatIsStillOpen_hasNotEndedAsExpected() {
        assertThat(broken(new OrderStory("o-1", "DELAYED", null, List.of(), List.of(), List.of(),
                MarketplaceNews.NONE))).containsExactly(Invariant.EXPECTED_END);
    }

    @Test
    void secondShipment_isFound_evenIfVoid() {
        List<Parcel> two = List.of(PARCEL, new Parcel("LP2", true, at(1)));
        assertThat(broken(handled(planDone(), two, List.of(at(0)), NEWS))).containsExactly(Invariant.ONE_EFFECT);
    }

    @Test
    void secondSheet_missingSheet_andMissingShipment_areFound() {
        assertThat(broken(handled(planDone(), List.of(PARCEL), List.of(at(0), at(0)), NEWS)))
                .containsExactly(Invariant.ONE_EFFECT);
        assertThat(broken(handled(planDone(), List.of(PARCEL), List.of(), NEWS))).containsExactly(Invariant.ONE_EFFECT);
        assertThat(broken(handled(planDone(), List.of(), List.of(at(0)), NEWS))).containsExactly(Invariant.ONE_EFFECT);
    }

    @Test
    void marketplaceThatKnowsLess_orOtherwise_isFound() {
        assertThat(broken(handled(planDone(), List.of(PARCEL), List.of(at(0)), MarketplaceNews.NONE)))
                .containsExactly(Invariant.ONE_EFFECT);
        assertThat(broken(
                handled(planDone(), List.of(PARCEL), List.of(at(0)), new MarketplaceNews("LP9", at(2), at(3)))))
                .containsExactly(Invariant.ONE_EFFECT);
    }

    @Test
    void cancelledOrderWithValidShipment_isFound() {
        List<Attempt> shipped = planDone().subList(0, 2);
        OrderStory kept = new OrderStory("o-1", "CANCELLED", "LP1", shipped, List.of(PARCEL), List.of(at(0)),
                MarketplaceNews.NONE);
        assertThat(broken(kept)).containsExactly(Invariant.ONE_EFFECT);
        List<Attempt> voided = new ArrayList<>(shipped);
        voided.add(attempt(4, "void-shipment", "SUCCEEDED"));
        assertThat(broken(new OrderStory("o-1", "CANCELLED", "LP1", voided,
                List.of(new Parcel("LP1", true, at(1))), List.of(at(0)), MarketplaceNews.NONE))).isEmpty();
    }

    @Test
    void stepTwice_stepLeftOut_andStepBeforeItsTurn_areFound() {
        List<Attempt> twice = new ArrayList<>(planDone());
        twice.add(attempt(5, "mark-shipped", "SUCCEEDED"));
        List<Attempt> leftOut = new ArrayList<>(planDone());
        leftOut.remove(2);
        List<Attempt> early = new ArrayList<>(planDone());
        early.add(1, attempt(0, "send-tracking", "FAILED"));
        for (List<Attempt> attempts : List.of(twice, leftOut, early)) {
            assertThat(broken(handled(attempts, List.of(PARCEL), List.of(at(0)), NEWS)))
                    .containsExactly(Invariant.PLAN_ORDER);
        }
    }

    @Test
    void effectsInAnotherOrderThanThePlans_areFound() {
        assertThat(broken(handled(planDone(), List.of(PARCEL), List.of(at(2)), NEWS)))
                .containsExactly(Invariant.PLAN_ORDER);
    }

    @Test
    void attemptsThatBeganBeforeTheirPredecessors_areFound() {
        List<Attempt> backwards = new ArrayList<>(planDone());
        backwards.set(3, attempt(-3600, "mark-shipped", "SUCCEEDED"));
        OrderStory order = handled(backwards, List.of(PARCEL), List.of(at(0)), NEWS);
        assertThat(broken(order)).containsExactly(Invariant.PLAN_ORDER);
    }
}
