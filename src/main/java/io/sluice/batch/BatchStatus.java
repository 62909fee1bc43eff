package io.sluice.batch;

/** How a batch is doing. While its orders are still being taken, it is not visible. */
public enum BatchStatus {
    /** Orders of it are handled, or wait for it. */
    RUNNING,
    /** It is through: every order of it has come to a result. */
    COMPLETED,
    /** An order failed, and it ended there. */
    STOPPED,
    /** A person ended it. */
    ABORTED
}
