package io.sluice.handle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.sluice.queue.Delivery;
import io.smallrye.mutiny.subscription.UniEmitter;

/** What waits to be claimed by one worker, on whose context all of this is called. */
final class ClaimQueue {
    /** Deliveries kept ready; until they are claimed, the broker still has them. */
    private static final int MAX_READY = 500;
    private static final long TURNS_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Set<UUID> due = new LinkedHashSet<>();
    private final Deque<UUID> inTurn = new ArrayDeque<>();
    private long turnsAskedAt;
    private final Deque<Delivery> ready = new ArrayDeque<>();
    private UniEmitter<? super Void> next;

    /** @param more completed once another delivery would be welcome */
    void add(Delivery delivery, UniEmitter<? super Void> more) {
        ready.add(delivery);
        next = more;
    }

    /** Orders that are due without a message; they go before those that are delivered. */
    void addDue(Collection<UUID> orders) {
        due.addAll(orders);
    }

    boolean isEmpty() {
        return due.isEmpty() && ready.isEmpty();
    }

    /**
     * Whether the database is to be asked whose turn it is before the next {@code limit} orders are taken: if there are
     * more, messages do not decide who is next. What it said holds for a moment.
     */
    boolean needsTurns(int limit) {
        if (due.size() + ready.size() <= limit) {
            inTurn.clear();
            return false;
        }
        return inTurn.isEmpty() || System.nanoTime() - turnsAskedAt > TURNS_HOLD_NANOS;
    }

    /** What the database said; it goes before what is delivered. */
    void takeTurns(Collection<UUID> orders) {
        inTurn.clear();
        inTurn.addAll(orders);
        turnsAskedAt = System.nanoTime();
    }

    Batch take(int limit) {
        List<UUID> fromClock = new ArrayList<>(due.stream().limit(limit).toList());
        fromClock.forEach(due::remove);
        while (fromClock.size() < limit && !inTurn.isEmpty()) {
            fromClock.add(inTurn.poll());
        }
        List<Delivery> delivered = new ArrayList<>();
        while (fromClock.size() + delivered.size() < limit && !ready.isEmpty()) {
            delivered.add(ready.poll());
        }
        return new Batch(fromClock, delivered);
    }

    /** Puts back what could not be claimed. */
    void giveBack(Batch taken) {
        due.addAll(taken.fromClock());
        for (int i = taken.delivered().size() - 1; i >= 0; i--) {
            ready.addFirst(taken.delivered().get(i));
        }
    }

    /** Asks for another delivery if there is room for it. */
    void askForMore() {
        if (next != null && ready.size() < MAX_READY) {
            UniEmitter<? super Void> emitter = next;
            next = null;
            emitter.complete(null);
        }
    }

    /** Taken out together, to be claimed in one statement. */
    record Batch(List<UUID> fromClock, List<Delivery> delivered) {

        Set<UUID> orders() {
            Set<UUID> orders = new LinkedHashSet<>(fromClock);
            delivered.forEach(delivery -> orders.add(delivery.orderId()));
            return orders;
        }
    }
}
