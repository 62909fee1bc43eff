package io.sluice.dashboard;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which orders, or batches, changed since somebody last looked: each once, however often it changed, and no more than are
 * worth pushing one by one.
 */
final class Changed {
    private final int limit;
    private Set<UUID> ids = new LinkedHashSet<>();

    /** @param limit past how many a page had better be fetched anew */
    Changed(int limit) {
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

    /** Takes out what was collected; one more than the limit when there were too many. */
    synchronized Set<UUID> take() {
        Set<UUID> taken = ids;
        ids = new LinkedHashSet<>();
        return taken;
    }
}
