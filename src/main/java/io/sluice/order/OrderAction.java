package io.sluice.order;

/** What a person or a marketplace did to an order, as the history tells it. */
public enum OrderAction {
    /** Some of its fields were changed. */
    CORRECT,
    /** It was queued again after it had failed, or the carrier was asked again to void its shipment. */
    RETRY,
    /** Its cancellation was asked for. A step that ran then ended first. */
    CANCEL,
    /** The person was removed from it. */
    ERASE
}
