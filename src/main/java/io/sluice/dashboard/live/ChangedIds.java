package io.sluice.dashboard.live;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Collects the ids of changed orders or batches until the next push. Each id is kept once; beyond a limit, ids are
 * dropped.
 */
final class ChangedIds {
    private final int limit;
    private Set<UUID> ids = new LinkedHashSet<>();

    /** @param limit above this number, pages refresh instead of receiving single changes */
    ChangedIds(int limit) {
        this.limit = limit;
    }

    synchronized void add(Collection<UUID> changed) {
        for (UUID id : changed) {
            if (ids.size() > limit) {
                return;
            }
            ids.add(id);
        }
    }

    synchronized boolean isEmpty() {
        return ids.isEmpty();
    }

    /** Removes and returns the collected ids; {@code limit + 1} of them if the limit was exceeded. */
    synchronized Set<UUID> take() {
        Set<UUID> taken = ids;
        ids = new LinkedHashSet<>();
        return taken;
    }
}
