package io.sluice.lane;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.sluice.lane.LaneItem.Place;
import io.sluice.lane.LaneMove.Ask;
import io.sluice.lane.LaneMove.CarryOut;
import io.sluice.lane.LaneMove.EndProbe;
import io.sluice.lane.LaneMove.Leave;
import io.sluice.lane.LaneMove.SkipTo;
import io.sluice.lane.LaneMove.Stop;
import io.sluice.lane.LaneMove.TakeOver;
import io.sluice.lane.LaneMove.Wait;
import io.sluice.order.CallMode;

/**
 * Decides what a lane does next. In this sequence: find out what lost workers did, stand still while the partner is
 * down, carry out late orders that are ready, carry out the order at the cursor.
 *
 * <p>{@code docs/lanes.md} shows the rules as a table.
 */
public final class LaneRules {
    private LaneRules() {}

    /** The next move. */
    public static LaneMove next(LaneView view, Tries tries) {
        Optional<LaneItem> atWork = view.first(item -> item.place() == Place.AT_WORK);
        if (atWork.isPresent()) {
            return whileAtWork(atWork.get(), view.now());
        }
        // Before anything is sent: what a lost worker sent may be out, and decides which slips are out of sequence.
        Optional<LaneItem> uncertain = view.first(item -> item.outcomeUnknown() && item.ready(view.now()));
        if (uncertain.isPresent()) {
            return new Ask(uncertain.get(), CallMode.NORMAL);
        }
        if (!view.running()) {
            return new Leave();
        }
        Optional<LaneItem> held = view.first(LaneItem::held);
        if (held.isPresent()) {
            return whilePartnerIsDown(view, held.get(), tries);
        }
        for (LaneItem late : view.late()) {
            if (late.ready(view.now())) {
                return new CarryOut(late, CallMode.NORMAL);
            }
            if (late.place() == Place.COMING && view.stillPatientWith(late)) {
                // Orders that were retried together keep their sequence among themselves.
                return untilPatienceEnds(ahead(view, tries), late, late.since().plus(view.patience()));
            }
        }
        return ahead(view, tries);
    }

    private static LaneMove whileAtWork(LaneItem item, Instant now) {
        return item.dueAt() == null || item.dueAt().isAfter(now)
                ? new Wait(item.orderId(), item.dueAt())
                : new TakeOver();
    }

    /**
     * The lane stands still. A probe first asks about the orders whose outcome is unknown, then tries the first order
     * that stands in the lane. If that fails although the partner answers questions, the order may be to blame. It is
     * tried again, because the partner may have come back meanwhile, and then an order behind it is tried, in each probe
     * another one: an order that the partner cannot process must not keep it down for the others. A call without an
     * answer takes so long that the partner may well come back at its end; only some probes go on after one.
     */
    private static LaneMove whilePartnerIsDown(LaneView view, LaneItem held, Tries tries) {
        if (view.probe() == null) {
            return tries.ofAProbe() ? new EndProbe() : new Wait(held.orderId(), null);
        }
        if (tries.ofAProbe() && !tries.answers()) {
            return new EndProbe();
        }
        Optional<LaneItem> uncertain = view
                .first(item -> item.inLane() && item.outcomeUnknown() && !tries.contain(item.orderId()));
        if (uncertain.isPresent()) {
            return new Ask(uncertain.get(), view.probe());
        }
        List<UUID> probed = tries.probed();
        LaneItem first = view.first(LaneItem::inLane).orElse(held);
        if (probed.isEmpty()) {
            return new CarryOut(first, view.probe());
        }
        if (!tries.goesOn(view.thorough()) || probed.size() > 2 || !probed.contains(first.orderId())) {
            return new EndProbe();
        }
        // None behind an order that the lane would wait for: it would be overtaken.
        Optional<LaneItem> behind = Stream
                .concat(view.late().stream(), view.ahead().stream().takeWhile(item -> !isAwaited(item, view)))
                .filter(item -> item.inLane() && item.rank() > first.rank())
                .min(Comparator.comparing(LaneItem::failing)
                        .thenComparing(item -> item.failing() ? item.since() : null,
                                Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(LaneItem::rank));
        if (behind.isEmpty()) {
            return new EndProbe();
        }
        return probed.size() == 1 ? new CarryOut(first, CallMode.PROBE) : new CarryOut(behind.get(), view.probe());
    }

    /** Whether it has not come to the lane yet, and will. */
    private static boolean isAwaited(LaneItem item, LaneView view) {
        return switch (item.place()) {
            case COMING, PARKED -> true;
            case DELAYED_BEFORE -> view.stillPatientWith(item);
            case STANDING, AT_WORK, DELAYED, FAILED, GONE -> false;
        };
    }

    /** The first order from the cursor on that can go, or that must be waited for. */
    private static LaneMove ahead(LaneView view, Tries tries) {
        return behind(null, view.ahead(), view, tries);
    }

    /** @param suspect the order before these items that has failed for a while, or null */
    private static LaneMove behind(LaneItem suspect, List<LaneItem> items, LaneView view, Tries tries) {
        CallMode mode = suspect == null ? CallMode.NORMAL : CallMode.TRIAL;
        LaneItem passed = suspect;
        for (LaneItem item : items) {
            if (suspect == null && isSuspect(item, view)) {
                return withSuspect(item, items.subList(items.indexOf(item) + 1, items.size()), view, tries);
            }
            if (item.ready(view.now())) {
                return new CarryOut(item, mode);
            }
            switch (item.place()) {
                case COMING -> {
                    return new Wait(item.orderId(), null);
                }
                case PARKED -> {
                    // Orders start only near the cursor: it must leave behind those that are not waited for.
                    return passed == null ? new Wait(item.orderId(), null) : new SkipTo(passed.rank());
                }
                case DELAYED, DELAYED_BEFORE -> {
                    if (view.stillPatientWith(item)) {
                        return new Wait(item.orderId(), endOfPatience(view, item));
                    }
                    mode = item.place() == Place.DELAYED ? CallMode.TRIAL : mode;
                }
                case FAILED -> {
                    switch (view.onFailure()) {
                        case WAIT -> {
                            // The cursor stands at the order that is waited for: it is what a person is shown.
                            return passed == null ? new Wait(item.orderId(), null) : new SkipTo(passed.rank());
                        }
                        case STOP -> {
                            return new Stop(item.orderId());
                        }
                        case SKIP -> {
                        }
                    }
                }
                case GONE -> {
                }
                case STANDING, AT_WORK -> throw new IllegalStateException("Decided above: " + item);
            }
            passed = item;
        }
        return view.more() ? new SkipTo(view.ahead().get(view.ahead().size() - 1).rank()) : new Leave();
    }

    /** Whether the order behind it has to show whose fault it is that the step of this one fails. */
    private static boolean isSuspect(LaneItem item, LaneView view) {
        return item.place() == Place.DELAYED && item.dueAt() != null && (item.failing() || item.outcomeUnknown())
                && (!view.stillPatientWith(item) || item.lastAttempt() && item.ready(view.now()));
    }

    /**
     * The suspect is tried once more right before the order behind it, because its partner may have been down and be
     * back. Its last attempt is not spent before that. One that gets no answer is tried until the partner counts as
     * down: such calls take so long that the partner may well come back at their end.
     */
    private static LaneMove withSuspect(LaneItem suspect, List<LaneItem> behind, LaneView view, Tries tries) {
        if (suspect.outcomeUnknown()) {
            return new CarryOut(suspect, CallMode.BEFORE_TRIAL);
        }
        LaneMove move = behind(suspect, behind, view, tries);
        if (suspect.orderId().equals(tries.again())) {
            return move;
        }
        if (move instanceof CarryOut) {
            return new CarryOut(suspect, CallMode.BEFORE_TRIAL);
        }
        boolean anotherComes = behind.stream().anyMatch(item -> item.place() == Place.COMING);
        return suspect.ready(view.now()) && !(suspect.lastAttempt() && anotherComes)
                ? new CarryOut(suspect, CallMode.NORMAL)
                : move;
    }

    private static Instant endOfPatience(LaneView view, LaneItem item) {
        Instant end = item.since().plus(view.patience());
        return item.dueAt() == null || item.dueAt().isAfter(end) ? end : item.dueAt();
    }

    /** The same, but the lane is not left, and looked at again when the late order is no longer waited for. */
    private static LaneMove untilPatienceEnds(LaneMove move, LaneItem late, Instant end) {
        if (move instanceof Leave) {
            return new Wait(late.orderId(), end);
        }
        return move instanceof Wait wait && (wait.until() == null || wait.until().isAfter(end))
                ? new Wait(wait.orderId(), end)
                : move;
    }
}
