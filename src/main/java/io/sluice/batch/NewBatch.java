package io.sluice.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.sluice.order.HandlingPlan;
import io.sluice.order.Step;

/** A batch about to be written: who is in it at which position, and where its gates stand. */
record NewBatch(UUID id, String printOrder, String onFailure, Instant createdAt, List<Item> items, List<Gate> gates,
        List<Rejected> rejected) {

    /** @param orders in the sequence in which their slips are to come out */
    static NewBatch of(UUID id, Instant now, List<BatchTable.Candidate> orders, List<Rejected> rejected,
            HandlingPlan plan) {
        List<Gate> gates = IntStream.range(0, plan.orderedSteps().size())
                .mapToObj(gate -> new Gate(gate, firstAt(gate, orders, plan),
                        plan.orderedSteps().get(gate).wireName()))
                .toList();
        List<Item> items = new ArrayList<>(orders.size());
        for (int i = 0; i < orders.size(); i++) {
            Step step = stepOf(orders.get(i), plan);
            int gate = plan.gatesBefore(step);
            items.add(new Item(orders.get(i).id(), i + 1, gate,
                    plan.ordered(step) && gates.get(gate).nextPosition() != i + 1));
        }
        return new NewBatch(id, "as-listed", "skip", now, items, gates, rejected);
    }

    /** The first position that has the gate still before it. */
    private static int firstAt(int gate, List<BatchTable.Candidate> orders, HandlingPlan plan) {
        return IntStream.range(0, orders.size())
                .filter(i -> plan.gatesBefore(stepOf(orders.get(i), plan)) <= gate)
                .map(i -> i + 1)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** A failed order goes on at the step that failed; the steps before it are done and stay done. */
    private static Step stepOf(BatchTable.Candidate order, HandlingPlan plan) {
        return order.step() == null ? plan.first() : order.step();
    }

    /** @param parked whether the order waits for its turn at a gate before it can start */
    record Item(UUID orderId, int position, int gatesPassed, boolean parked) {}

    record Gate(int gate, int nextPosition, String step) {}
}
