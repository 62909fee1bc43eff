package io.sluice.dashboard;

import java.util.Locale;

import io.sluice.order.OrderStatus;

/** The label and icon of a status. Every icon has its own shape, so that status does not depend on colour. */
public record StatusBadge(OrderStatus status) {

    public String label() {
        String name = status.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
