package io.sluice.order;

import java.util.EnumSet;
import java.util.Set;

/** The states of an order, and the one table of which state may follow which ({@code docs/states.md} shows it). */
public enum OrderStatus {
    /** Stored; waits for a person. */
    RECEIVED,
    /** Stored and on its way to a worker. */
    QUEUED,
    /** A step is running or about to, or the order waits for its turn at an ordered step. */
    HANDLING,
    /** Held: its partner is down, or a retry is due later. */
    DELAYED,
    /** Every step is done. */
    HANDLED,
    /** Attempts are spent, or the partner refused; rests until retried. */
    FAILED,
    /** Will not be handled further. */
    CANCELLED;

    private Set<OrderStatus> next;

    static {
        RECEIVED.next = EnumSet.of(QUEUED, CANCELLED);
        QUEUED.next = EnumSet.of(HANDLING, RECEIVED, FAILED, CANCELLED);
        HANDLING.next = EnumSet.of(HANDLING, DELAYED, HANDLED, FAILED, RECEIVED, CANCELLED);
        DELAYED.next = EnumSet.of(DELAYED, HANDLING, QUEUED, FAILED, RECEIVED, CANCELLED);
        HANDLED.next = EnumSet.noneOf(OrderStatus.class);
        FAILED.next = EnumSet.of(QUEUED, CANCELLED);
        CANCELLED.next = EnumSet.noneOf(OrderStatus.class);
    }

    /** The states that may follow this one. */
    public Set<OrderStatus> next() {
        return EnumSet.copyOf(next);
    }

    /** Whether {@code to} may follow this state. */
    public boolean mayBecome(OrderStatus to) {
        return next.contains(to);
    }

    /** Whether nothing happens to an order in this state unless a person asks for it. */
    public boolean resting() {
        return this == RECEIVED || ended() || this == FAILED;
    }

    /** Whether the order rests until a person hands it over to be handled. */
    public boolean awaitsPerson() {
        return resting() && mayBecome(QUEUED);
    }

    /** Whether this state is the last one. */
    public boolean ended() {
        return next.isEmpty();
    }

    /** Whether handling has come to a result, be it only until a person retries. */
    public boolean settled() {
        return ended() || this == FAILED;
    }
}
