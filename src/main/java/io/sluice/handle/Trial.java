package io.sluice.handle;

/** Whether a partner that is down is tried with an order that comes to a gate. */
enum Trial {
    NONE, IN_SEQUENCE,
    /** Although others ahead of it are held: the partner has just failed with the first of them. */
    BEHIND_ANOTHER
}
