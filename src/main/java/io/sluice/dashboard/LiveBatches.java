package io.sluice.dashboard;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.vertx.core.Vertx;

/** Tells open pages how the batches are doing, a few times a second at most. */
final class LiveBatches {
    private static final long COLLECT_MILLIS = 200;
    /** More than anybody looks at; past it the pages had better all ask. */
    private static final int MAX_BATCHES = 200;

    private final LiveFragment strip;
    private final LiveClients clients;
    private final Vertx vertx;
    private final Changed changed = new Changed(MAX_BATCHES);
    private final AtomicBoolean collecting = new AtomicBoolean();

    LiveBatches(CurrentBatches batches, LiveClients clients, Vertx vertx) {
        this.strip = new LiveFragment(LivePush.BATCHES,
                () -> batches.now()
                        .map(now -> new LiveFragment.Seen(!now.shown().isEmpty(), Pages.batches(now))),
                clients);
        this.clients = clients;
        this.vertx = vertx;
    }

    void changed(List<UUID> batches) {
        changed.add(batches);
        if (!changed.isEmpty() && collecting.compareAndSet(false, true)) {
            vertx.setTimer(COLLECT_MILLIS, timer -> {
                collecting.set(false);
                tell(changed.take());
            });
        }
    }

    void resend() {
        strip.resend();
    }

    /** Time goes by without an event: what is left of it changes, and batches that have ended go from sight. */
    void tick() {
        if (strip.showing()) {
            strip.look();
        }
    }

    private void tell(Set<UUID> batches) {
        clients.send(batches.size() > MAX_BATCHES
                ? LivePush.refresh()
                : new LivePush(LivePush.BATCH, batches.stream().map(UUID::toString).collect(Collectors.joining(" "))));
        strip.look();
    }
}
