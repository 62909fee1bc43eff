package io.sluice.order;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a partner does for an order. A shop may have several partners of a kind. */
public enum PartnerKind {
    CARRIER, PRINTER, MARKETPLACE;

    /** The name used in configuration, JSON and messages, for example {@code carrier}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static PartnerKind of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown kind of partner '" + wireName
                        + "'; known are "
                        + Arrays.stream(values()).map(PartnerKind::wireName).collect(Collectors.joining(", "))));
    }
}
