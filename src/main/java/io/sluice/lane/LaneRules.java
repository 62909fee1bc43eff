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

    /**
     * The next move.
     *
     * @param tried the orders that the present probe of the partner was made with, by this holder
     */
    public static LaneMove next(LaneView view, List<UUID> tried) {
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
            return whilePartnerIsDown(view, held.get(), tried);
        }
        for (LaneItem late : view.late()) {
            if (late.ready(view.now())) {
                return new CarryOut(late, CallMode.NORMAL);
            }
            if (late.place() == Place.COMING && view.stillPatientWith(late)) {
                // Orders that were retried together keep their sequence among themselves.
                return untilPatienceEnds(ahead(view), late, late.since().plus(view.patience()));
            }
        }
        return ahead(view);
    }

    private static LaneMove whileAtWork(LaneItem item, Instant now) {
        return item.dueAt() == null || item.dueAt().isAfter(now)
                ? new Wait(item.orderId(), item.dueAt())
                : new TakeOver();
    }

    /**
     * The lane stands still. A probe first asks about the orders whose outcome is unknown, then tries the first order
     * that stands in the lane. If the partner answers that one with an error, the probe goes on with an order behind
     * it, each time with another one: an order that the partner cannot process must not keep it down for the others.
     */
    private static LaneMove whilePartnerIsDown(LaneView view, LaneItem held, List<UUID> tried) {
        if (view.probe() == null) {
            return tried.isEmpty() ? new Wait(held.orderId(), null) : new EndProbe();
        }
        Optional<LaneItem> uncertain = view.first(item -> item.inLane() && item.outcomeUnknown());
        if (uncertain.isPresent() && tried.isEmpty()) {
            return new Ask(uncertain.get(), view.probe());
        }
        LaneItem first = view.first(LaneItem::inLane).orElse(held);
        if (!tried.contains(first.orderId())) {
            return tried.isEmpty() ? new CarryOut(first, view.probe()) : new EndProbe();
        }
        if (!first.failing() || tried.size() > 1) {
            return new EndProbe();
        }
        return Stream.concat(view.late().stream(), view.ahead().stream())
                .filter(item -> item.inLane() && item.rank() > first.rank())
                .min(Comparator.comparing(LaneItem::failing)
                        .thenComparing(LaneItem::since, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(LaneItem::rank))
                .<LaneMove>map(item -> new CarryOut(item, view.probe()))
                .orElseGet(EndProbe::new);
    }

    /** The first order from the cursor on that can go, or that must be waited for. */
    private static LaneMove ahead(LaneView view) {
        CallMode mode = CallMode.NORMAL;
        LaneItem passed = null;
        for (LaneItem item : view.ahead()) {
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
                    // The partner fails it again and again: the order behind it decides whose fault that is.
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
