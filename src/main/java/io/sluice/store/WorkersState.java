package io.sluice.store;

/** How all workers together are. */
public enum WorkersState {
    /** The broker can send messages to one at least. */
    RECEIVING,
    /** Workers live, and the broker can send to none of them. */
    DISCONNECTED,
    /** None has given a sign of life within the last ten seconds. */
    ABSENT
}
