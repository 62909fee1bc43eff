package io.sluice.handle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How many orders one worker may work on at a time, and on which it does. All of this is called on its context. */
final class Slots {
    private final int limit;
    private final Runnable freed;
    private final Map<UUID, Claim> held = new HashMap<>();
    private int taken;

    /** @param freed called whenever slots were given back */
    Slots(int limit, Runnable freed) {
        this.limit = limit;
        this.freed = freed;
    }

    /** How many more may be taken; more than that are where the order is worth it. */
    int free() {
        return Math.max(0, limit - taken);
    }

    boolean allGiven() {
        return taken == 0;
    }

    void take(int slots) {
        taken += slots;
    }

    void give(int slots) {
        taken -= slots;
        freed.run();
    }

    /** Notes what is worked on in a slot that was taken. */
    void hold(Claim claim) {
        held.put(claim.state().id(), claim);
    }

    /** Gives the slot of an order back. */
    void release(Claim claim) {
        // It stays held if this worker has taken the order over from itself meanwhile.
        held.computeIfPresent(claim.state().id(), (id, now) -> now.lease() == claim.lease() ? null : now);
        give(1);
    }

    List<Claim> held() {
        return List.copyOf(held.values());
    }
}
