package io.sluice.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a request asks for: the orders that can be taken, and those that cannot, the first of them by name. */
final class Selection {
    static final int MAX_NAMED = 10_000;

    private final List<UUID> orders = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private int rejectedTotal;
    private int retried;

    void add(UUID order) {
        orders.add(order);
    }

    void reject(Rejected order) {
        if (rejected.size() < MAX_NAMED) {
            rejected.add(order);
        }
        rejectedTotal++;
    }

    void rejectUnnamed(int count) {
        rejectedTotal += count;
    }

    void retries(int count) {
        retried += count;
    }

    /** How many of the orders have failed before and go on at that step; known to a preview only. */
    int retried() {
        return retried;
    }

    /** In the sequence of their positions. */
    List<UUID> orders() {
        return orders;
    }

    List<Rejected> rejected() {
        return rejected;
    }

    int rejectedTotal() {
        return rejectedTotal;
    }
}
