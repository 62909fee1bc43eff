package io.sluice.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.sluice.lane.LaneItem.Place;
import io.sluice.order.CallMode;
import io.sluice.order.FailurePolicy;

/** Puts together what the holder of a lane sees. Times are in seconds; the view is seen at {@link #NOW}. */
final class LaneViewBuilder {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final int PATIENCE_SECONDS = 30;

    private final List<LaneItem> late = new ArrayList<>();
    private final List<LaneItem> ahead = new ArrayList<>();
    private boolean running = true;
    private FailurePolicy onFailure = FailurePolicy.SKIP;
    private CallMode probe;
    private boolean thorough;
    private boolean more;

    private LaneViewBuilder() {}

    /** A lane with these orders from the cursor on; its batch runs, and skips what fails. */
    static LaneViewBuilder ahead(Item... items) {
        LaneViewBuilder view = new LaneViewBuilder();
        for (Item item : items) {
            view.ahead.add(item.build());
        }
        return view;
    }

    LaneViewBuilder late(Item... items) {
        for (Item item : items) {
            late.add(item.build());
        }
        return this;
    }

    LaneViewBuilder ended() {
        running = false;
        return this;
    }

    LaneViewBuilder onFailure(FailurePolicy policy) {
        onFailure = policy;
        return this;
    }

    LaneViewBuilder probe(CallMode mode) {
        probe = mode;
        return this;
    }

    LaneViewBuilder thorough() {
        thorough = true;
        return this;
    }

    LaneViewBuilder more() {
        more = true;
        return this;
    }

    LaneMove next() {
        return next(Tries.NONE);
    }

    /** The present probe was made with these orders; after the last of them the partner answers no question. */
    LaneMove afterProbeWith(Item... tried) {
        return next(new Tries(List.of(), ids(tried), false, true, null));
    }

    /** The present probe was made with these orders; the partner still answers questions. */
    LaneMove afterAnsweredProbeWith(Item... tried) {
        return next(new Tries(List.of(), ids(tried), true, true, null));
    }

    /** As above, but the last of them got no answer. */
    LaneMove afterUnansweredProbeWith(Item... tried) {
        return next(new Tries(List.of(), ids(tried), true, false, null));
    }

    /** The partner was asked about these orders, and gave no usable answer; does it answer at all? */
    LaneMove afterAsking(boolean answers, Item... asked) {
        return next(new Tries(ids(asked), List.of(), answers, false, null));
    }

    /** The order was tried once more, just now. */
    LaneMove afterTryingAgain(Item item) {
        return next(new Tries(List.of(), List.of(), false, false, item.id()));
    }

    private LaneMove next(Tries tries) {
        return LaneRules
                .next(new LaneView(running, onFailure, probe, thorough, NOW, Duration.ofSeconds(PATIENCE_SECONDS), late,
                        ahead, more), tries);
    }

    private static List<UUID> ids(Item... items) {
        return Stream.of(items).map(Item::id).toList();
    }

    static Item item(int rank, Place place) {
        return new Item(rank, place, false, false, false, false, null, null);
    }

    /** It can go. */
    static Item standing(int rank) {
        return item(rank, Place.STANDING);
    }

    /** A step before the lane is running. */
    static Item coming(int rank) {
        return item(rank, Place.COMING);
    }

    /** The lane's step is retried after so many seconds; it has been delayed for so many. */
    static Item delayed(int rank, int forSeconds, int dueInSeconds) {
        return item(rank, Place.DELAYED).since(forSeconds).dueIn(dueInSeconds);
    }

    static Item delayedBefore(int rank, int forSeconds, int dueInSeconds) {
        return item(rank, Place.DELAYED_BEFORE).since(forSeconds).dueIn(dueInSeconds);
    }

    /** Its partner is down or paused. */
    static Item held(int rank) {
        return new Item(rank, Place.DELAYED, false, true, false, false, NOW.minusSeconds(3600), null);
    }

    static Item atWork(int rank) {
        return item(rank, Place.AT_WORK);
    }

    static Item failed(int rank) {
        return item(rank, Place.FAILED);
    }

    static Item gone(int rank) {
        return item(rank, Place.GONE);
    }

    /** An order of the batch; the one of rank 3 has the id 3. */
    record Item(int rank, Place place, boolean outcomeUnknown, boolean held, boolean failing, boolean lastAttempt,
            Instant since, Instant dueAt) {

        /** A worker was lost while it had the order. */
        Item uncertain() {
            return new Item(rank, place, true, held, failing, lastAttempt, since, dueAt);
        }

        /** Its step has failed while its partner answered. */
        Item toBlame() {
            return new Item(rank, place, outcomeUnknown, held, true, lastAttempt, since, dueAt);
        }

        /** If it fails once more, it fails for good. */
        Item withOneAttemptLeft() {
            return new Item(rank, place, outcomeUnknown, held, true, true, since, dueAt);
        }

        Item since(int secondsAgo) {
            return new Item(rank, place, outcomeUnknown, held, failing, lastAttempt, NOW.minusSeconds(secondsAgo),
                    dueAt);
        }

        Item dueIn(int seconds) {
            return new Item(rank, place, outcomeUnknown, held, failing, lastAttempt, since, NOW.plusSeconds(seconds));
        }

        UUID id() {
            return new UUID(0, rank);
        }

        LaneItem build() {
            return new LaneItem(id(), rank, place, outcomeUnknown, held, failing, lastAttempt, since, dueAt);
        }
    }
}
