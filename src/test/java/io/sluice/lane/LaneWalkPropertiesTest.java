package io.sluice.lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.sluice.lane.LaneModel.Outage;
import io.sluice.lane.LaneModel.Outcome;
import io.sluice.lane.LaneModel.Plan;
import io.sluice.lane.LaneModel.Wish;
import io.sluice.order.FailurePolicy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever becomes of the orders of a batch, {@link LaneRules} lead it to its end: every order ends or waits for a
 * person; slips come out in rank order, except for those that may be overtaken; nothing but a probe is sent while the
 * lane is held; and the lane never waits for ever. {@link LaneModel} checks all of it.
 */
class LaneWalkPropertiesTest {

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void everyBatch_comesToItsEnd_inSequence(@ForAll("plans") List<Plan> plans, @ForAll FailurePolicy onFailure,
            @ForAll("outages") List<Outage> outages, @ForAll("wishes") List<Wish> wishes) {
        new LaneModel(plans, onFailure, outages, wishes, 4).run();
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void partnerThatIsDown_andOrdersItCannotProcess(@ForAll("poison") List<Plan> plans, @ForAll FailurePolicy onFailure,
            @ForAll("outages") List<Outage> outages) {
        new LaneModel(plans, onFailure, outages, List.of(), 4).run();
    }

    /**
     * No failure of a probe is the order's own here, so nothing but a good order shows that the partner works again.
     */
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void goodOrders_comeOut_howeverManyBadOnesAreAmongThem(@ForAll("poison") List<Plan> plans,
            @ForAll("outages") List<Outage> outages) {
        new LaneModel(plans, FailurePolicy.SKIP, outages, List.of(), 1).runUntilGoodOnesAreOut();
    }

    @Provide
    Arbitrary<List<Plan>> plans() {
        Arbitrary<Outcome> outcome = Arbitraries.frequency(Tuple.of(10, Outcome.DONE),
                Tuple.of(3, Outcome.COME_BACK_LATER),
                Tuple.of(3, Outcome.ERROR), Tuple.of(2, Outcome.SILENCE), Tuple.of(2, Outcome.REFUSED),
                Tuple.of(1, Outcome.WORKER_LOST_BEFORE_IT),
                Tuple.of(1, Outcome.WORKER_LOST_AFTER_IT), Tuple.of(1, Outcome.WORKER_LOST_AFTER_THE_NEXT));
        return Combinators.combine(seconds(20), Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 10), Tuple.of(1, 60)),
                Arbitraries.frequency(Tuple.of(8, false), Tuple.of(1, true)), outcome.list().ofMaxSize(6))
                .as(Plan::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    /** Some orders fail for ever, the others never; all of them are in the window that the holder sees. */
    @Provide
    Arbitrary<List<Plan>> poison() {
        Plan poison = new Plan(0, 0, false, Collections.nCopies(500, Outcome.ERROR));
        Plan silent = new Plan(0, 0, false, Collections.nCopies(500, Outcome.SILENCE));
        Plan good = new Plan(0, 0, false, List.of());
        return Arbitraries.of(poison, silent, good).list().ofMaxSize(3).map(plans -> {
            List<Plan> all = new ArrayList<>(plans);
            all.add(good);
            return all;
        });
    }

    @Provide
    Arbitrary<List<Outage>> outages() {
        return Combinators.combine(seconds(100), seconds(60), Arbitraries.of(true, false))
                .as(Outage::new)
                .list()
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<List<Wish>> wishes() {
        return Combinators.combine(seconds(120), Arbitraries.integers().between(0, 9), Arbitraries.of(true, false))
                .as(Wish::new)
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<Integer> seconds(int most) {
        return Arbitraries.integers().between(0, most);
    }
}
