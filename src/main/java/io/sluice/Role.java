package io.sluice;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a process does: the program is the same, and any number of each may run. */
enum Role {

    /** Takes orders, handles them, and shows them. */
    ALL,
    /** Takes orders and shows them. */
    API,
    /** Handles orders. */
    WORKER;

    /**
     * Reads a role by its name in the configuration.
     *
     * @throws IllegalArgumentException if there is no such role
     */
    static Role of(String name) {
        return Arrays.stream(values())
                .filter(role -> role.configName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it must be one of "
                        + Arrays.stream(values()).map(Role::configName).collect(Collectors.joining(", "))));
    }

    String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
