package io.sluice.order;

import java.util.Locale;

/** The systems that are not ours and without which no order is handled. */
public enum Partner {
    CARRIER, PRINTER, MARKETPLACE;

    /** The name used in configuration, JSON and messages, for example {@code carrier}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The partner of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Partner of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
