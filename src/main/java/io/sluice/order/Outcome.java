package io.sluice.order;

/** How an attempt at a step ended, as the history tells it. */
public enum Outcome {
    /** The partner did it. */
    SUCCEEDED,
    /** The partner did not do it, and said so. */
    FAILED,
    /** The partner was not asked, or could not take the call; no attempt was spent. */
    DELAYED,
    /** No answer came: it may or may not have happened. */
    UNKNOWN
}
