package io.sluice.dashboard;

import java.util.Locale;

import io.sluice.order.OrderStatus;

/** How a status is shown: in words, and with an icon of its own shape, so that nobody depends on colour. */
record StatusBadge(OrderStatus status) {

    public String label() {
        String name = status.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
