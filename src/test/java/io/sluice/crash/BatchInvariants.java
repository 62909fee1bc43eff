package io.sluice.crash;

import static io.sluice.crash.BatchViolation.Invariant.COUNTS_ADD_UP;
import static io.sluice.crash.BatchViolation.Invariant.IN_SEQUENCE;
import static io.sluice.crash.BatchViolation.Invariant.LAST_WORD;
import static io.sluice.crash.BatchViolation.Invariant.MARKED_WITH_REASON;
import static io.sluice.crash.BatchViolation.Invariant.NONE_FORGOTTEN;
import static io.sluice.crash.BatchViolation.Invariant.NOT_ASKED_AGAIN;
import static io.sluice.crash.BatchViolation.Invariant.ONCE;
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

/** Checks the invariants of batches after all of them have ended. */
final class BatchInvariants {
    private static final String PRINT = "print-packing-slip";

    private final List<String> orderedSteps;
    private final List<BatchStory> batches;
    private final Map<String, List<Effect>> effects;
    private final List<BatchViolation> violations = new ArrayList<>();

    /** @param effects by step, the effects at the partners for these orders, in sequence */
    private BatchInvariants(List<String> orderedSteps, List<BatchStory> batches, Map<String, List<Effect>> effects) {
        this.orderedSteps = orderedSteps;
        this.batches = batches;
        this.effects = effects;
    }

    static List<BatchViolation> check(List<String> orderedSteps, List<BatchStory> batches,
            Map<String, List<Effect>> effects) {
        BatchInvariants invariants = new BatchInvariants(orderedSteps, batches, effects);
        invariants.check();
        return invariants.violations;
    }

    private void check() {
        effects.forEach(this::checkOnce);
        for (BatchStory batch : batches) {
            checkItems(batch);
            checkTold(batch);
            if (batch.gated()) {
                orderedSteps.forEach(step -> checkSequence(batch, step));
                orderedSteps.forEach(step -> checkUndivided(batch, step));
            }
            for (Item item : batch.items()) {
                unless(!item.marked() || batch.gated() && (item.heldUp() || lingered(batch, item)), MARKED_WITH_REASON,
                        batch, "%s is marked but was never held up".formatted(item));
            }
        }
    }

    /** Whether the order was still in the batch when it was retried: its lanes were closed meanwhile. */
    private boolean lingered(BatchStory batch, Item item) {
        return !batch.restarts().isEmpty() && !orderedSteps.stream()
                .allMatch(step -> effects.getOrDefault(step, List.of())
                        .stream()
                        .anyMatch(effect -> effect.orderId().equals(item.orderId())
                                && effect.batchId().equals(batch.id()) && batch.run(effect.at()) == 0));
    }

    private void checkOnce(String step, List<Effect> done) {
        Set<String> orders = new HashSet<>();
        for (Effect effect : done) {
            if (!orders.add(effect.orderId())) {
                violations.add(new BatchViolation(ONCE, effect.batchId(), "%s of order %s was repeated at %s"
                        .formatted(step, effect.orderId(), effect.at())));
            }
            if (effect.repeats() > 0) {
                violations.add(new BatchViolation(NOT_ASKED_AGAIN, effect.batchId(),
                        "%s of order %s was requested %d times after its completion at %s".formatted(step,
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
     * Orders that were never held up pass the step consecutively. Held-up orders may follow later, but not among orders
     * of another batch. A batch retried after its end waits for its turn again.
     */
    private void checkUndivided(BatchStory batch, String step) {
        List<Effect> gated = effects.getOrDefault(step, List.of())
                .stream()
                .filter(effect -> batches.stream()
                        .anyMatch(other -> other.gated() && other.id().equals(effect.batchId())))
                .toList();
        gated.stream()
                .filter(effect -> effect.batchId().equals(batch.id())
                        && batch.item(effect.orderId()).filter(item -> !item.heldUp()).isPresent())
                .collect(Collectors.groupingBy(effect -> batch.run(effect.at())))
                .values()
                .forEach(straight -> checkUndivided(batch, step, gated, straight));
    }

    private void checkUndivided(BatchStory batch, String step, List<Effect> gated, List<Effect> straight) {
        Effect last = straight.get(straight.size() - 1);
        gated.subList(gated.indexOf(straight.get(0)), gated.lastIndexOf(last))
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
                "requested and not rejected: %s; taken: %s".formatted(expected, taken));
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
