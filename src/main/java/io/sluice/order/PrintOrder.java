package io.sluice.order;

import java.util.Arrays;
import java.util.stream.Collectors;

/** In which sequence the orders of a batch go through its ordered steps. */
public enum PrintOrder {
    /** From the first position to the last. */
    AS_LISTED("as-listed"),
    /** From the last position to the first, for printers that stack face up. */
    REVERSED("reversed"),
    /** In none: no order waits for another. */
    ANY("any");

    private final String wireName;

    PrintOrder(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in JSON and database. */
    public String wireName() {
        return wireName;
    }

    /** Whether orders wait for their turn at ordered steps. */
    public boolean ordered() {
        return this != ANY;
    }

    /** The place of a position in the sequence: lower ranks go first. */
    public int rank(int position) {
        return this == REVERSED ? -position : position;
    }

    /** @throws IllegalArgumentException naming the known ones */
    public static PrintOrder of(String wireName) {
        return Arrays.stream(values())
                .filter(order -> order.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown print order '" + wireName + "'; known are "
                        + Arrays.stream(values()).map(PrintOrder::wireName).collect(Collectors.joining(", "))));
    }
}
