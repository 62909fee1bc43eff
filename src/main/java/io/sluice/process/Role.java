package io.sluice.process;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What this process does ({@code sluice.role}). All roles are the same program; any number of processes may have each.
 */
public enum Role {

    /** Accepts orders, shows them and handles them. */
    ALL,
    /** Accepts orders and shows them. */
    API,
    /** Handles orders. */
    WORKER,
    /** Runs the simulated partners, and nothing else. */
    SIMULATOR,
    /** Migrates the database, and ends. */
    MIGRATE;

    /**
     * Reads a role by its name in the configuration.
     *
     * @throws IllegalArgumentException if there is no such role
     */
    public static Role of(String name) {
        return Arrays.stream(values())
                .filter(role -> role.configName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it must be one of "
                        + Arrays.stream(values()).map(Role::configName).collect(Collectors.joining(", "))));
    }

    /** Whether this process handles orders. */
    public boolean works() {
        return this == ALL || this == WORKER;
    }

    /** Whether this process serves the API and the dashboard. */
    public boolean serves() {
        return this == ALL || this == API;
    }

    /** Its name in the configuration. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
