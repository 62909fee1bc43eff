package io.sluice.order;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a batch does when the order fails whose turn it is. */
public enum FailurePolicy {
    /** It goes on with the next one. */
    SKIP("skip"),
    /** It waits until the order is retried or cancelled. */
    WAIT("wait"),
    /** It ends there, and the rest returns to where it was. */
    STOP("stop");

    private final String wireName;

    FailurePolicy(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in JSON and database. */
    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException naming the known ones */
    public static FailurePolicy of(String wireName) {
        return Arrays.stream(values())
                .filter(policy -> policy.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown failure policy '" + wireName + "'; known are "
                        + Arrays.stream(values()).map(FailurePolicy::wireName).collect(Collectors.joining(", "))));
    }
}
