package io.sluice.order;

import java.util.Locale;

/** What starts the handling of an order. */
public enum Handling {
    /** Handled as soon as it is accepted. */
    AUTO,
    /** Waits for a person. */
    MANUAL;

    /** The name used in JSON and database: {@code auto}, {@code manual}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status an order of this kind starts in. */
    public OrderStatus firstStatus() {
        return this == AUTO ? OrderStatus.QUEUED : OrderStatus.RECEIVED;
    }
}
