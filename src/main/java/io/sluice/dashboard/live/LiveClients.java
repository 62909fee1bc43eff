package io.sluice.dashboard.live;

import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;

/**
 * The open pages, each with a bounded buffer. A page that falls too far behind is disconnected; its browser reconnects
 * and catches up from stored state.
 */
final class LiveClients {
    private static final int BUFFER = 64;

    private final BroadcastProcessor<LivePush> pushes = BroadcastProcessor.create();
    private final AtomicInteger open = new AtomicInteger();

    /** Adds a page. It is registered before it is told to catch up, so that it misses no event. */
    Multi<LivePush> join() {
        Multi<LivePush> live = pushes.onOverflow().buffer(BUFFER);
        return Multi.createBy()
                .merging()
                .streams(live, Multi.createFrom().item(LivePush.refresh()))
                .onSubscription()
                .invoke(open::incrementAndGet)
                .onTermination()
                .invoke(open::decrementAndGet);
    }

    boolean none() {
        return open.get() == 0;
    }

    /** Sends to all pages. Synchronized because the processor requires serial calls. */
    synchronized void send(LivePush push) {
        pushes.onNext(push);
    }

    synchronized void closeAll() {
        pushes.onComplete();
    }
}
