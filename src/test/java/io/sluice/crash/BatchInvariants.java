package io.sluice.crash;

import static io.sluice.crash.BatchViolation.Invariant.COUNTS_ADD_UP;
import static io.sluice.crash.BatchViolation.Invariant.HELD;
import static io.sluice.crash.BatchViolation.Invariant.IN_SEQUENCE;
import static io.sluice.crash.BatchViolation.Invariant.LAST_WORD;
import static io.sluice.crash.BatchViolation.Invariant.MARKED_WITH_REASON;
import static io.sluice.crash.BatchViolation.Invariant.NONE_FORGOTTEN;
import static io.sluice.crash.BatchViolation.Invariant.NOT_ASKED_AGAIN;
import static io.sluice.crash.BatchViolation.Invariant.ONCE;
import static io.sluice.crash.BatchViolation.Invariant.STANDS_STILL;
import static io.sluice.crash.BatchViolation.Invariant.STATUS_SEQUENCE;
import static io.sluice.crash.BatchViolation.Invariant.UNDIVIDED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.sluice.crash.BatchStory.Item;
import io.sluice.crash.BatchStory.Progress;

/** Checks what is promised of batches against all that can be found out about them, once all have come to their end. */
final class BatchInvariants {
    private static final String PRINT = "print-packing-slip";

    private final List<String> orderedSteps;
    private final List<BatchStory> batches;
    private final Map<String, List<Effect>> effects;
    private final List<LaneEvent> lanes;
    private final List<BatchViolation> violations = new ArrayList<>();

    /**
     * @param effects by step, what the partners did for the orders of these batches, in the sequence in which they did
     *                it
     * @param lanes   what happened at the lanes, in its sequence
     */
    private BatchInvariants(List<String> orderedSteps, List<BatchStory> batches, Map<String, List<Effect>> effects,
            List<LaneEvent> lanes) {
        this.orderedSteps = orderedSteps;
        this.batches = batches;
        this.effects = effects;
        this.lanes = lanes;
    }

    static List<BatchViolation> check(List<String> orderedSteps, List<BatchStory> batches,
            Map<String, List<Effect>> effects, List<LaneEvent> lanes) {
        BatchInvariants invariants = new BatchInvariants(orderedSteps, batches, effects, lanes);
        invariants.check();
        return invariants.violations;
    }

    private void check() {
        effects.forEach(this::checkOnce);
        checkHeld();
        for (BatchStory batch : batches) {
            checkItems(batch);
            checkTold(batch);
            if (batch.sequenced()) {
                orderedSteps.forEach(step -> checkSequence(batch, step));
                orderedSteps.forEach(step -> checkUndivided(batch, step));
            }
            for (Item item : batch.items()) {
                checkMark(batch, item);
            }
        }
    }

    private void checkMark(BatchStory batch, Item item) {
        if (!item.marked() || batch.sequenced()
                && (item.heldUp(orderedSteps) || lingered(batch, item) || laterOneWasDoneBefore(batch, item))) {
            return;
        }
        boolean byThePartner = batch.sequenced() && !item.delays().isEmpty();
        unless(false, byThePartner ? STANDS_STILL : MARKED_WITH_REASON, batch,
                "%s was held up by nothing of its own".formatted(item));
    }

    /**
     * A worker that was frozen while another took its lane over writes nothing there, unless it takes the lane again.
     */
    private void checkHeld() {
        Map<String, String> holders = new HashMap<>();
        for (LaneEvent event : lanes) {
            if (event.kind() == LaneEvent.Kind.HELD) {
                holders.put(event.lane(), event.worker());
            } else if (event.worker() == null || !event.worker().equals(holders.get(event.lane()))) {
                violations.add(new BatchViolation(HELD, event.batchId(), "%s, when %s held the lane".formatted(event,
                        holders.get(event.lane()))));
            }
        }
    }

    /** What had not left a batch before it was retried comes back to a lane that has gone on meanwhile. */
    private boolean lingered(BatchStory batch, Item item) {
        return !batch.restarts().isEmpty() && !orderedSteps.stream()
                .allMatch(step -> effects.getOrDefault(step, List.of())
                        .stream()
                        .anyMatch(effect -> effect.orderId().equals(item.orderId())
                                && effect.batchId().equals(batch.id()) && batch.run(effect.at()) == 0));
    }

    /**
     * The step of an order behind it was done in an earlier batch, and its answer was lost. Once the partner has said so,
     * the order behind has gone first.
     */
    private boolean laterOneWasDoneBefore(BatchStory batch, Item item) {
        return orderedSteps.stream()
                .flatMap(step -> effects.getOrDefault(step, List.of()).stream())
                .filter(effect -> !effect.batchId().equals(batch.id()))
                .anyMatch(effect -> batch.item(effect.orderId())
                        .filter(other -> batch.rank(other) > batch.rank(item))
                        .isPresent());
    }

    private void checkOnce(String step, List<Effect> done) {
        Set<String> orders = new HashSet<>();
        for (Effect effect : done) {
            if (!orders.add(effect.orderId())) {
                violations.add(new BatchViolation(ONCE, effect.batchId(), "%s of order %s was done again at %s"
                        .formatted(step, effect.orderId(), effect.at())));
            }
            if (effect.repeats() > 0) {
                violations.add(new BatchViolation(NOT_ASKED_AGAIN, effect.batchId(),
                        "%s of order %s was asked for %d times after it was done at %s".formatted(step,
                                effect.orderId(), effect.repeats(), effect.at())));
            }
        }
    }

    private void checkSequence(BatchStory batch, String step) {
        Effect last = null;
        int highest = Integer.MIN_VALUE;
        for (Effect effect : effects.getOrDefault(step, List.of())) {
            Item item = effect.batchId().equals(batch.id()) ? batch.item(effect.orderId()).orElse(null) : null;
            if (item == null) {
                continue;
            }
            unless(batch.rank(item) >= highest || item.marked() || effect.marked(), IN_SEQUENCE, batch,
                    "%s of %s came after that of %s".formatted(step, item, last));
            if (batch.rank(item) > highest) {
                highest = batch.rank(item);
                last = effect;
            }
        }
    }

    /**
     * Orders that were never held up go through in one go; held up ones may come later, but not amid another batch's. A
     * batch that is retried after its end, with what had not left it yet, has to wait for its turn again.
     */
    private void checkUndivided(BatchStory batch, String step) {
        List<Effect> inLanes = effects.getOrDefault(step, List.of())
                .stream()
                .filter(effect -> batches.stream()
                        .anyMatch(other -> other.sequenced() && other.id().equals(effect.batchId())))
                .toList();
        inLanes.stream()
                .filter(effect -> effect.batchId().equals(batch.id())
                        && batch.item(effect.orderId()).filter(item -> !item.heldUp(orderedSteps)).isPresent())
                .collect(Collectors.groupingBy(effect -> batch.run(effect.at())))
                .values()
                .forEach(straight -> checkUndivided(batch, step, inLanes, straight));
    }

    private void checkUndivided(BatchStory batch, String step, List<Effect> inLanes, List<Effect> straight) {
        Effect last = straight.get(straight.size() - 1);
        inLanes.subList(inLanes.indexOf(straight.get(0)), inLanes.lastIndexOf(last))
                .stream()
                .filter(effect -> !effect.batchId().equals(batch.id()))
                .forEach(effect -> unless(false, UNDIVIDED, batch,
                        "%s of %s came before %s".formatted(step, effect, last)));
    }

    private void checkItems(BatchStory batch) {
        List<String> expected = new ArrayList<>(batch.asked());
        expected.removeAll(batch.rejected());
        List<String> taken = batch.items().stream().map(Item::orderId).toList();
        unless(taken.equals(expected), NONE_FORGOTTEN, batch,
                "asked for, and not rejected, were %s; taken were %s".formatted(expected, taken));
        Map<String, Long> sheets = effects.getOrDefault(PRINT, List.of())
                .stream()
                .collect(Collectors.groupingBy(Effect::orderId, Collectors.counting()));
        for (Item item : batch.items()) {
            boolean ended = switch (item.status()) {
                case "HANDLED" -> sheets.getOrDefault(item.orderId(), 0L) > 0;
                case "FAILED" -> item.reason() != null;
                case "CANCELLED" -> true;
                case "RECEIVED" -> batch.now().endedEarly() && !item.inside();
                default -> false;
            };
            unless(ended, NONE_FORGOTTEN, batch, "%s in a batch that is %s".formatted(item, batch.now().status()));
        }
    }

    private void checkTold(BatchStory batch) {
        int again = 0;
        Progress before = null;
        for (Progress told : batch.told()) {
            checkCounts(batch, told);
            if (before != null && !before.running() && !told.status().equals(before.status())) {
                again++;
            }
            before = told;
        }
        checkCounts(batch, batch.now());
        unless(again <= batch.retries(), STATUS_SEQUENCE, batch, "with %d retries it was %s".formatted(batch.retries(),
                batch.told().stream().map(Progress::status).toList()));
        unless(!batch.now().running(), STATUS_SEQUENCE, batch, "it is still running");
        unless(Objects.equals(before, batch.now()), LAST_WORD, batch,
                "the event says %s, the API %s".formatted(before, batch.now()));
    }

    private void checkCounts(BatchStory batch, Progress told) {
        Map<String, Integer> parts = new HashMap<>(told.counts());
        Integer total = parts.remove("total");
        int sum = parts.values().stream().mapToInt(Integer::intValue).sum();
        unless(total != null && total == sum && total == batch.items().size(), COUNTS_ADD_UP, batch,
                "%s of %d orders".formatted(told, batch.items().size()));
    }

    private void unless(boolean holds, BatchViolation.Invariant invariant, BatchStory batch, String what) {
        if (!holds) {
            violations.add(new BatchViolation(invariant, batch.id(), what));
        }
    }
}
