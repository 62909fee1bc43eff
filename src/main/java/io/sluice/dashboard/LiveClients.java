package io.sluice.dashboard;

import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;

/**
 * The open pages, each with a bounded buffer. A page that falls further behind is cut off; its browser connects again
 * and catches up from stored state, which is cheaper than remembering for it.
 */
final class LiveClients {
    private static final int BUFFER = 64;

    private final BroadcastProcessor<LivePush> pushes = BroadcastProcessor.create();
    private final AtomicInteger open = new AtomicInteger();

    /** One more page. It is counted in before it is told to catch up, so that nothing falls between the two. */
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

    /** Sends to all; one at a time, as the processor demands. */
    synchronized void send(LivePush push) {
        pushes.onNext(push);
    }

    synchronized void closeAll() {
        pushes.onComplete();
    }
}
