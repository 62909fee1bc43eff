package io.sluice.dashboard.live;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.sluice.dashboard.batch.BatchLookup;
import io.sluice.dashboard.batch.BatchPages;
import io.vertx.core.Vertx;

/** Pushes the progress of batches to open pages, at most a few times a second. */
final class LiveBatches {
    private static final long COLLECT_MILLIS = 200;
    /** Above this number, all pages refresh. */
    private static final int MAX_BATCHES = 200;

    private final LiveFragment progress;
    private final LiveClients clients;
    private final Vertx vertx;
    private final ChangedIds changed = new ChangedIds(MAX_BATCHES);
    private final AtomicBoolean collecting = new AtomicBoolean();

    LiveBatches(BatchLookup batches, LiveClients clients, Vertx vertx) {
        this.progress = new LiveFragment(LivePush.BATCHES,
                () -> batches.now()
                        .map(now -> new LiveFragment.Content(!now.shown().isEmpty(), BatchPages.batches(now))),
                clients);
        this.clients = clients;
        this.vertx = vertx;
    }

    void changed(List<UUID> batches) {
        changed.add(batches);
        if (!changed.isEmpty() && collecting.compareAndSet(false, true)) {
            vertx.setTimer(COLLECT_MILLIS, timer -> {
                collecting.set(false);
                push(changed.take());
            });
        }
    }

    void resend() {
        progress.resend();
    }

    /** Updates what changes with time alone: the time left, and batches that have ended. */
    void tick() {
        if (progress.visible()) {
            progress.update();
        }
    }

    private void push(Set<UUID> batches) {
        clients.send(batches.size() > MAX_BATCHES
                ? LivePush.refresh()
                : new LivePush(LivePush.BATCH, batches.stream().map(UUID::toString).collect(Collectors.joining(" "))));
        progress.update();
    }
}
