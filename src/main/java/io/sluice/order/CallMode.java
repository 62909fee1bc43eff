package io.sluice.order;

/** Why a partner is called, which decides what a failure means. */
public enum CallMode {
    /** The order's step is to be done. */
    NORMAL,
    /** The order has failed for a while. It is tried once more before a trial, and spends no attempt. */
    BEFORE_TRIAL,
    /** The order ahead in the lane has just failed again: if this one fails too, the partner is down. */
    TRIAL,
    /** The partner is down, and the call finds out whether it works again. */
    PROBE,
    /** A probe with one of so few held orders that an error may be theirs: it spends an attempt. */
    PROBE_OF_FEW;

    /** Whether the partner is called although it is down. */
    public boolean probe() {
        return this == PROBE || this == PROBE_OF_FEW;
    }
}
